# What MOVE does, which not every store can do (Jena 4.5 refuses it of any graph that has a name), and nothing where it
# has been done already: an update may come twice.
DELETE { GRAPH $graph { ?thing ?says ?value } }
WHERE { GRAPH $graph { ?thing ?says ?value } FILTER EXISTS { GRAPH $new { ?any ?of ?them } } } ;
INSERT { GRAPH $graph { ?thing ?says ?value } } WHERE { GRAPH $new { ?thing ?says ?value } } ;
DROP SILENT GRAPH $new
