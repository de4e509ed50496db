#!/usr/bin/env bash
# Workers of a distributed run as a Slurm job array. The coordinator runs where they can reach it, for example on the login node:
#
#   export CODESIGN_TOKEN=$(openssl rand -hex 16)
#   codesign run sweep.toml --listen 0.0.0.0:4222 &
#   sbatch --array=1-100 deploy/slurm.sh nats://$(hostname):4222
#
# A task uses the processors that it is given, and ends with the run. Tasks may start late, be preempted or be killed: their studies go to
# others. Files that the experiment names must lie on a file system that all nodes share; tasks start in the folder of sbatch.
#SBATCH --job-name=codesign-worker
#SBATCH --cpus-per-task=8
#SBATCH --mem-per-cpu=1G
#SBATCH --time=24:00:00
#SBATCH --requeue
#SBATCH --signal=TERM@30
#SBATCH --output=codesign-worker-%A_%a.log
#SBATCH --export=PATH,HOME,CODESIGN_TOKEN
set -euo pipefail

url=${1:?usage: sbatch --array=1-N slurm.sh nats://HOST:4222 [codesign worker flags]}
shift
exec "${CODESIGN:-codesign}" worker --nats "$url" --workers "${SLURM_CPUS_PER_TASK:-1}" --wait 30m "$@"
