#!/bin/sh
# A step that leaves a trace: that an attempt began, and that it came to its end.
echo "begin $1 $GOFLOW_ATTEMPT" >>"${trace:?}"
sleep 0.01
echo "end $1 $GOFLOW_ATTEMPT" >>"${trace:?}"
echo "$1"
