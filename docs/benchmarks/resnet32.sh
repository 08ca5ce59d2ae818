#!/usr/bin/env bash
# ResNet-32 on CIFAR-10: images per second of Equipoise and of a tuned PyTorch script, in turns.
#
#   docs/benchmarks/resnet32.sh FOLDER [PAIRS] [PYTHON]
#
# FOLDER holds cifar-10-batches-bin; PYTHON (python3) has torch and numpy, as Debian's python3-torch
# brings them. Wants a machine that does nothing else. Two threads each; the same allocator settings
# for both. The order within a pair alternates.
set -euo pipefail

data=$(realpath "$1")
pairs=${2:-5}
python=${3:-python3}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

export MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=4294967296
export MALLOC_TRIM_THRESHOLD_=17179869184 MALLOC_TOP_PAD_=268435456

equipoise() {
  "$here/../../equipoise" run "$here/resnet32.yaml" --data-dir "$data" --out "$work/$1" \
    >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
  find "$work/$1" -name metrics.jsonl -exec tail -qn 1 {} + | head -n 1 |
    sed 's/.*"imagesPerSecond":\([0-9.]*\).*/\1/'
}

pytorch() {
  "$python" "$here/resnet32.py" "$data/cifar-10-batches-bin" 2 97 |
    sed 's/.*"imagesPerSecond": *\([0-9.]*\).*/\1/'
}

"$here/../../equipoise" --version >/dev/null
echo "pair  equipoise  pytorch  ratio"
for pair in $(seq "$pairs"); do
  if ((pair % 2)); then
    ours=$(equipoise "$pair")
    theirs=$(pytorch)
  else
    theirs=$(pytorch)
    ours=$(equipoise "$pair")
  fi
  awk -v p="$pair" -v o="$ours" -v t="$theirs" \
    'BEGIN { printf "%4d  %9.1f  %7.1f  %5.3f\n", p, o, t, o / t }' | tee -a "$work/table"
done
sort -k4 -n "$work/table" |
  awk '{ r[NR] = $4 } END { printf "median ratio %.3f\n", NR % 2 ? r[(NR + 1) / 2] : (r[NR / 2] + r[NR / 2 + 1]) / 2 }'
