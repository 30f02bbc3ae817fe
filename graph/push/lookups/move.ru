MOVE $new TO $graph
