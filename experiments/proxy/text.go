package proxy

import (
	"fmt"
	"io"
	"math"
	"strings"
	"text/tabwriter"
)

// WriteEvaluations writes a line for each sort of model, number of training rows and metric: the mean over the splits, with the worst behind it.
func WriteEvaluations(out io.Writer, list []Evaluation) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "model\tmetric\trows\tsplits\tRMSE/mean\tworst\tRMSE/range\tMAPE\tR2\tSpearman\tKendall\tcovered\ttop-10 regret\tfit\tprediction")
	for _, group := range Grouped(list) {
		first := group[0]
		for _, t := range first.Targets {
			fmt.Fprintf(w, "%s\t%s\n", t.Kind, strings.Join(evaluationRow(group, t.Key), "\t"))
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, group := range Grouped(list) {
		if group[0].Feasible == nil {
			continue
		}
		f1 := mean(overAll(group, func(e Evaluation) float64 { return e.Feasible.F1() }))
		share := mean(overAll(group, func(e Evaluation) float64 { return e.Feasible.PositiveFrac() }))
		brier := mean(overAll(group, func(e Evaluation) float64 { return e.Feasible.Brier }))
		fmt.Fprintf(out, "%s, %d rows: feasible and within the budgets or not: F1 %.4f, Brier score %.4f, %s of the judged rows are (F1 of always yes: %.4f)\n",
			group[0].Kind, group[0].Train, f1, brier, percent(share), 2*share/(1+share))
	}
	return nil
}

// Grouped puts evaluations that differ in their seed only together.
func Grouped(list []Evaluation) [][]Evaluation {
	type key struct {
		kind string
		rows int
	}
	var order []key
	groups := map[key][]Evaluation{}
	for _, e := range list {
		k := key{e.Kind, e.Split.TrainRows}
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], e)
	}
	var out [][]Evaluation
	for _, k := range order {
		out = append(out, groups[k])
	}
	return out
}

func overAll(list []Evaluation, of func(Evaluation) float64) []float64 {
	values := make([]float64, len(list))
	for i, e := range list {
		values[i] = of(e)
	}
	return values
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}

// percent is a share with three digits behind the point, enough to tell two good models apart.
func percent(v float64) string {
	if math.IsNaN(v) {
		return "-"
	}
	return fmt.Sprintf("%.3f %%", 100*v)
}

func seconds(v float64) string {
	if v == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f s", v)
}
