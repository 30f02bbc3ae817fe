# What MOVE does, which not every store can do: Jena 4.5 refuses it of any graph that has a name.
DROP SILENT GRAPH $graph ;
INSERT { GRAPH $graph { ?thing ?says ?value } } WHERE { GRAPH $new { ?thing ?says ?value } } ;
DROP SILENT GRAPH $new
