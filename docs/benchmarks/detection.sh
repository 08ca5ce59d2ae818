#!/usr/bin/env bash
# CPU seconds of "equipoise evaluate" against the number of images, as a table and a plot.
#
#   docs/benchmarks/detection.sh FOLDER [RULES TYPE DETECTIONS] [IMAGES...]
#
# FOLDER receives the generated files; RULES is lvis or coco, TYPE bbox or segm, DETECTIONS how many
# an image has. By default: lvis bbox 300, and images up to the 19,809 of LVIS's validation set. The
# file of class counts in EQUIPOISE_COUNTS, if set, gives the categories. CPU seconds are user and
# system time of the whole process, virtual machine included. Heap: 2 GB, or EQUIPOISE_HEAP.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
work=$1
rules=${2:-lvis}
type=${3:-bbox}
detections=${4:-300}
if (($# > 4)); then sizes=("${@:5}"); else sizes=(1250 2500 5000 10000 19809); fi

"$root/equipoise" --version >/dev/null
classpath=$(ls -t "$root"/.equipoise/build/*/classpath.txt | head -n 1)
generate() {
  java -Xmx1g -cp "$(paste -sd : "$classpath")" \
    "$root/evaluation/src/jmh/java/org/equipoise/evaluation/detection/DetectionData.java" \
    "$@" ${EQUIPOISE_COUNTS:+"$EQUIPOISE_COUNTS"}
}

export JAVA_TOOL_OPTIONS=-Xmx${EQUIPOISE_HEAP:-2g}
table=$work/$rules-$type.tsv
mkdir -p "$work"
printf 'images\tdetections\tMB\tCPU seconds\tseconds\n' | tee "$table"
for images in "${sizes[@]}"; do
  data=$work/$rules-$type-$images
  (unset JAVA_TOOL_OPTIONS; generate "$data" "$rules" "$type" "$images" "$detections")
  TIMEFORMAT='%U %S %R'
  read -r user system wall < <({
    time "$root/equipoise" evaluate "$rules" --ground-truth "$data/gt.json" \
      --detections "$data/dt.json" --iou-type "$type" >"$data/out" 2>"$data/err"
  } 2>&1)
  grep -q '^  AP ' "$data/out" || { cat "$data/err" >&2; exit 1; }
  bytes=$(cat "$data"/*.json | wc -c)
  awk -v i="$images" -v d="$detections" -v b="$bytes" -v u="$user" -v s="$system" -v w="$wall" \
    'BEGIN { printf "%d\t%d\t%.0f\t%.2f\t%.2f\n", i, i * d, b / 1e6, u + s, w }' | tee -a "$table"
  rm -r "$data"
done

awk -F '\t' -v title="equipoise evaluate $rules --iou-type $type, $detections detections an image" '
  NR > 1 { n++; x[n] = $1; y[n] = $4; if ($1 > mx) mx = $1; if ($4 > my) my = $4 }
  function px(v) { return 60 + 520 * v / mx }
  function py(v) { return 300 - 250 * v / my }
  END {
    print "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"620\" height=\"350\" font-family=\"sans-serif\" font-size=\"12\">"
    print "<rect width=\"620\" height=\"350\" fill=\"white\"/>"
    printf "<text x=\"60\" y=\"24\" font-size=\"14\">%s</text>\n", title
    print "<path d=\"M60 50V300H580\" fill=\"none\" stroke=\"black\"/>"
    for (k = 0; k <= 4; k++) {
      printf "<text x=\"52\" y=\"%.1f\" text-anchor=\"end\">%.1f</text>\n", py(my * k / 4) + 4, my * k / 4
      printf "<path d=\"M60 %.1fH580\" stroke=\"#ddd\"/>\n", py(my * k / 4)
    }
    printf "<polyline fill=\"none\" stroke=\"#0072b2\" stroke-width=\"2\" points=\""
    for (k = 1; k <= n; k++) printf "%.1f,%.1f ", px(x[k]), py(y[k])
    print "\"/>"
    for (k = 1; k <= n; k++) {
      printf "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"#0072b2\"/>\n", px(x[k]), py(y[k])
      printf "<text x=\"%.1f\" y=\"316\" text-anchor=\"middle\">%d</text>\n", px(x[k]), x[k]
    }
    print "<text x=\"320\" y=\"338\" text-anchor=\"middle\">images</text>"
    print "<text x=\"16\" y=\"175\" transform=\"rotate(-90 16 175)\" text-anchor=\"middle\">CPU seconds</text>"
    print "</svg>"
  }' "$table" >"$work/$rules-$type.svg"
echo "Plot: $work/$rules-$type.svg"
