package agentsbench

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"github.com/codesign-gym/codesign/experiments/stats"
)

// WriteMedians writes medians and quartiles of every agent, function and checkpoint as CSV.
func WriteMedians(w io.Writer, r Runs) error {
	records := [][]string{{"function", "source", "agent", "trials", "seeds", "median", "q25", "q75", "ms_per_trial_median"}}
	for _, f := range append(Functions(false), Functions(true)...) {
		for _, a := range r.Agents() {
			for _, n := range Checkpoints(1000) {
				s, ok := r.Sample(a, f, n)
				if !ok {
					continue
				}
				records = append(records, []string{
					f, a.Source, a.Name, strconv.Itoa(n), strconv.Itoa(len(s.Values)),
					digits(s.Median()), digits(stats.Quantile(s.Values, 0.25)), digits(stats.Quantile(s.Values, 0.75)), digits(1000 * stats.Median(s.SecondsPerTrial)),
				})
			}
		}
	}
	return csv.NewWriter(w).WriteAll(records)
}

// WriteRanks writes the mean ranks among all agents at every checkpoint as CSV.
func WriteRanks(w io.Writer, r Runs) error {
	records := [][]string{{"trials", "source", "agent", "mean_rank", "worst_rank"}}
	for _, n := range Checkpoints(1000) {
		for _, k := range r.MeanRanks(r.Agents(), n) {
			records = append(records, []string{strconv.Itoa(n), k.Agent.Source, k.Agent.Name, digits(k.Mean), digits(k.Worst)})
		}
	}
	return csv.NewWriter(w).WriteAll(records)
}

// WriteComparisons writes the tests of each of our agents against each reference agent at every checkpoint as CSV. The functions of one
// objective and those of several are a table each for Holm's rule.
func WriteComparisons(w io.Writer, r Runs) error {
	records := [][]string{{"trials", "agent", "reference", "function", "median", "reference_median", "p_worse", "holm_worse", "p_better", "holm_better"}}
	for _, n := range Checkpoints(1000) {
		for _, ours := range r.ours() {
			for _, theirs := range r.reference() {
				for _, several := range []bool{false, true} {
					for _, c := range r.Compare(ours, theirs, Functions(several), n) {
						records = append(records, []string{
							strconv.Itoa(n), ours.Name, theirs.String(), c.Function, digits(c.Ours.Median()), digits(c.Theirs.Median()),
							digits(c.PWorse), digits(c.HolmWorse), digits(c.PBetter), digits(c.HolmBetter),
						})
					}
				}
			}
		}
	}
	return csv.NewWriter(w).WriteAll(records)
}

func digits(v float64) string { return fmt.Sprintf("%.6g", v) }
