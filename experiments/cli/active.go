package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/internal/learn/regress"
)

// activeLearning is what the flags of proxy active ask.
type activeLearning struct {
	collection
	metrics     []string
	until       float64
	acquisition string
	kind        string
	judge       int
	against     bool
}

func (p Program) proxyActive() *cobra.Command {
	var q activeLearning
	var o sweep.Options
	c := &cobra.Command{
		Use: "active SIMULATOR --metrics KEYS --rows N --out DIR", Short: "fit, propose, measure, again: collect the rows that a proxy learns most from, and the proxy",
		Long: "Active learning: a model of the rows so far chooses the next designs (see the agent active), until there are --rows of each scenario or the error is at\n" +
			"most --until. Leaves a results folder with the dataset and the proxy, and a report of its error on designs that nobody chose. --against-random collects\n" +
			"as many random designs beside, and compares the two at equal numbers of rows. The folder is that of a run: --resume continues it.",
		Args: args(cobra.ExactArgs(1)), ValidArgsFunction: completeFirst(simulatorNames(p.Catalog)),
		RunE: func(c *cobra.Command, a []string) error {
			return p.collect(c, func() ([]byte, error) { return q.file(p.Catalog, a[0]) }, append([]string{"proxy", "active", a[0]}, q.words(o.Out)...), o)
		},
	}
	c.Flags().StringSliceVar(&q.metrics, "metrics", nil, "`keys` of the metrics to learn")
	c.Flags().IntVar(&q.rows, "rows", 0, "how many `rows` to measure at most over all scenarios")
	c.Flags().Float64Var(&q.until, "until", 0, "stop when the RMSE of every metric over its mean is at most this `share`, by designs that nobody chose (0 = never)")
	c.Flags().StringVar(&q.acquisition, "acquisition", "variance", "what makes a design worth measuring: `variance`, interval or front; see describe active")
	c.Flags().StringVar(&q.kind, "kind", string(regress.Boost), "sort of `model` of the proxy: "+strings.Join(regress.Kinds(), ", "))
	c.Flags().IntVar(&q.judge, "judge", file.DefaultJudge, "`designs` of each scenario that are measured to judge the proxy")
	c.Flags().BoolVar(&q.against, "against-random", false, "measure as many random designs beside, and compare the proxies")
	c.Flags().Uint64Var(&q.seed, "seed", 0, "`seed` of everything that is drawn")
	q.flags(c, &o)
	return c
}

// file is the experiment file: active learning, random designs beside it where they are asked for, and the proxies of both.
func (q activeLearning) file(c sweep.Catalog, simulator string) ([]byte, error) {
	if len(q.metrics) == 0 {
		return nil, errors.New("--metrics is missing: name what the proxy is to predict; see describe " + simulator)
	}
	if q.against && q.until > 0 {
		return nil, errors.New("--until ends where enough is known, --against-random compares at equal numbers of rows: leave one of them out")
	}
	q.minimise, q.agents = q.metrics, []string{"active"}
	q.options = map[string]string{"active": fmt.Sprintf("acquisition = %s\nerror_frac = %s\n", tomlValue(q.acquisition), tomlValue(q.until))}
	b := &strings.Builder{}
	fmt.Fprintf(b, "\n[proxy]\nmetrics = %s\nkind = %s\njudge = %d\n", tomlValue(q.metrics), tomlValue(q.kind), q.judge)
	if q.against {
		q.agents = []string{"random", "active"}
		fmt.Fprintf(b, "train_rows = [%d, %d, %d]\n", max(q.rows/8, 1), max(q.rows/4, 1), max(q.rows/2, 1))
	}
	for _, kind := range q.agents {
		fmt.Fprintf(b, "\n[[proxy.source]]\nname = %s\nagents = [%s]\n", tomlValue(kind), tomlValue(kind))
	}
	q.more, q.rows = b.String(), q.rows*len(q.agents)
	return q.experiment(c, simulator)
}

// words are the flags as they are to be given again.
func (q activeLearning) words(out string) []string {
	words := []string{
		"--metrics", strings.Join(q.metrics, ","), "--rows", fmt.Sprint(q.rows), "--seed", fmt.Sprint(q.seed), "--until", fmt.Sprint(q.until),
		"--acquisition", q.acquisition, "--kind", q.kind, "--judge", fmt.Sprint(q.judge),
	}
	if q.against {
		words = append(words, "--against-random")
	}
	return append(append(words, q.settingWords()...), "--out", out)
}
