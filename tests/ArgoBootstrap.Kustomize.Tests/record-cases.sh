#!/usr/bin/env bash
# Records what the real kustomize 5.8 makes of the cases: the file expected.yaml of each folder of cases/.
# Usage: record-cases.sh [NAME...]. The binary is $KUSTOMIZE, or kustomize in the PATH.
set -euo pipefail
cd "$(dirname "$0")/cases"
kustomize=${KUSTOMIZE:-kustomize}
for case in "${@:-*}"; do
  for folder in $case/; do
    folder=${folder%/}
    root=$folder/input
    [ -d "$root/overlay" ] && root=$root/overlay
    if [ -f "$folder/error.txt" ]; then
      if "$kustomize" build "$root" >/dev/null 2>&1; then
        echo "$folder: kustomize does not refuse it" >&2
        exit 1
      fi
      continue
    fi
    # The label names the build of the binary; released ones say v5.8.1.
    "$kustomize" build "$root" 2>/dev/null | sed 's/managed-by: kustomize-(devel)/managed-by: kustomize-v5.8.1/' > "$folder/expected.yaml" || { echo "$folder: kustomize refuses it" >&2; "$kustomize" build "$root" >/dev/null; exit 1; }
  done
done
