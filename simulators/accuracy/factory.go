package accuracy

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dnn/accuracy"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Version changes whenever a number moves.
const Version = "1.0.0"

// The oracles, in the setting oracle.
const (
	oracleSurrogate = "surrogate"
	oracleTable     = "table"
	oraclePredictor = "predictor"
	oracleExternal  = "external"
)

// Factory is the catalogue entry.
func Factory() simulators.Factory {
	return simulators.Factory{
		Name: "accuracy",
		Doc: `Accuracy of the networks of a search space, by an oracle with a stated error: a fitted formula, a table, a predictor, a training script.

  surrogate  an ensemble of small nets on the cell's graph or the layers' levels; fitted by this project, or by codesign accuracy fit (file)
  table      the measured accuracies of a CSV file (file, column); networks that it lacks are infeasible
  predictor  the authors' predictor of the Once-for-All MobileNetV3, from its weight file (file); about 5.87 points above measured levels: see offset
  external   a training script that speaks the simulator protocol (command), asked once for each class of equal networks

The error is accuracy_error_percent: of a surrogate its RMSE on held-out classes, of a table the standard deviation of one training.
Sources: NAS-Bench-201 (Dong and Yang, ICLR 2020), NAS-Bench-Macro (Su et al., CVPR 2021), Once-for-All (Cai et al., ICLR 2020).
codesign validate nas --data DIR measures all of it again.`,
		Settings: settings(),
		New:      open,
	}
}

func settings() []simulators.Setting {
	var spaces, datasets []string
	for _, e := range nas.Entries() {
		spaces = append(spaces, e.Name)
		for _, d := range e.Datasets {
			if !slices.Contains(datasets, d.Name) {
				datasets = append(datasets, d.Name)
			}
		}
	}
	return []simulators.Setting{
		{Name: "space", Doc: "search space of the networks", Default: "nb201", Allowed: spaces},
		{Name: "data_set", Doc: "what the networks classify: " + strings.Join(datasets, ", ") + "; empty = the space's first", Default: ""},
		{Name: "oracle", Doc: "what tells the accuracy", Default: oracleSurrogate, Allowed: []string{oracleSurrogate, oracleTable, oraclePredictor, oracleExternal}},
		{Name: "file", Doc: "model, table or weight file of the oracle; empty = the embedded surrogate", Default: ""},
		{Name: "column", Doc: "column of the table with the accuracies in percent", Default: ""},
		{Name: "offset", Unit: "percent", Doc: "added to what the predictor says; -5.87 brings it to measured levels", Default: 0.0, Min: -100, Max: 100},
		{Name: "command", Doc: "external: the program and its arguments, divided by blanks", Default: ""},
		{Name: "timeout", Unit: "s", Doc: "external: limit of one training; 0 = none", Default: 3600.0, Min: 0, Max: 1e7},
		{Name: "noise", Unit: "percent", Doc: "standard deviation of a noise added to the accuracy, fixed for each network; that of one training is 0.26 (CIFAR-10), " +
			"0.42 (CIFAR-100), 0.6 (ImageNet16-120) on nb201 and 0.21 on nbmacro; 0 = none", Default: 0.0, Min: 0, Max: 50},
		{Name: "noise_seed", Doc: "seed of the noise", Default: 0, Min: 0, Max: 1 << 31},
	}
}

func open(s simulators.Settings) (simulators.Instance, error) {
	searched, data, err := nas.Open(s.String("space"), s.String("data_set"))
	if err != nil {
		return simulators.Instance{}, err
	}
	if err := checkUnused(s); err != nil {
		return simulators.Instance{}, err
	}
	if s.String("oracle") == oracleExternal {
		return openExternal(s, searched)
	}
	oracle, origin, about, err := openOracle(s, searched, data)
	if err != nil {
		return simulators.Instance{}, err
	}
	m := &model{
		searched: searched, oracle: oracle, noise: noise{deviation: s.Float("noise"), seed: uint64(s.Int("noise_seed"))},
		spec: simulators.Spec{
			Name: Factory().Name, Version: Version + origin, Doc: strings.SplitN(Factory().Doc, "\n", 2)[0], Space: searched.Space(), Metrics: metrics(),
		},
	}
	return simulators.Instance{Simulator: m, Detail: m.detail, About: []simulators.Section{about}}, nil
}

// checkUnused reports settings that the chosen oracle would silently ignore.
func checkUnused(s simulators.Settings) error {
	oracle := s.String("oracle")
	only := func(name, of string, isSet bool) error {
		if isSet && oracle != of {
			return fmt.Errorf("setting %s is only for oracle = %q, not %q: leave it out", name, of, oracle)
		}
		return nil
	}
	for _, err := range []error{
		only("column", oracleTable, s.String("column") != ""), only("offset", oraclePredictor, s.Float("offset") != 0), only("command", oracleExternal, s.String("command") != ""),
	} {
		if err != nil {
			return err
		}
	}
	if oracle == oracleExternal && s.String("file") != "" {
		return fmt.Errorf("setting file is not for oracle = %q: leave it out", oracleExternal)
	}
	if (oracle == oracleTable || oracle == oraclePredictor) && s.String("file") == "" {
		return fmt.Errorf("setting file is needed for oracle = %q: the file that it reads", oracle)
	}
	if oracle == oracleTable && s.String("column") == "" {
		return fmt.Errorf("setting column is needed for oracle = %q: the column of the accuracies", oracle)
	}
	if oracle == oraclePredictor && s.String("space") != "ofa" {
		return fmt.Errorf("oracle = %q is for space = \"ofa\", not %q", oraclePredictor, s.String("space"))
	}
	return nil
}

// openOracle makes the oracle; origin tells its file apart in the version.
func openOracle(s simulators.Settings, searched nas.Named, data nas.Dataset) (o accuracy.Oracle, origin string, about simulators.Section, err error) {
	switch s.String("oracle") {
	case oracleTable:
		rows, origin, err := ReadTable("file", s.String("file"), searched, s.String("column"))
		if err != nil {
			return nil, "", about, err
		}
		noise := accuracy.TrainingNoisePercent(s.String("space"), data.Name)
		t, err := accuracy.NewTable(searched.Space(), rows, noise)
		return t, origin, section("table", "networks", strconv.Itoa(len(rows)), "noise of one training (points)", decimal(noise)), err
	case oraclePredictor:
		p, origin, err := openPredictor(s, searched)
		return p, origin, section("predictor", "weights", strconv.Itoa(accuracy.OFAPredictorWeights)), err
	}
	m, origin, err := openModel(s.String("file"), s.String("space"), data.Name)
	if err != nil {
		return nil, "", about, err
	}
	o, err = accuracy.NewSurrogate(searched, m)
	e := m.Errors
	return o, origin, section("surrogate", "fitted to", fmt.Sprintf("%d networks in %d classes", m.Rows, m.Classes), "source", m.Source,
		"held out", fmt.Sprintf("%d networks of other classes", e.Rows), "Kendall tau", decimal(e.Kendall), "Spearman", decimal(e.Spearman),
		"RMSE (points)", decimal(e.RMSEPercent)), err
}

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', 3, 64) }

// section is a table of names and values.
func section(title string, pairs ...string) simulators.Section {
	s := simulators.Section{Title: title, Columns: []string{""}}
	for i := 0; i+1 < len(pairs); i += 2 {
		s.Rows = append(s.Rows, []string{pairs[i], pairs[i+1]})
	}
	return s
}

func metrics() []simulators.Metric {
	return []simulators.Metric{
		{Name: "accuracy", Unit: "percent", Doc: "top-1 test accuracy, by the oracle, with the noise"},
		{Name: "accuracy_error", Unit: "percent", Doc: "standard error of accuracy_percent that the oracle states, without the noise; 0 = exact or unknown"},
		{Name: "parameters", Doc: "trained values of the network"},
		{Name: "macs", Doc: "multiply-accumulates of one inference, as package dnn counts them"},
	}
}

// model is the simulator.
type model struct {
	spec     simulators.Spec
	searched nas.Named
	oracle   accuracy.Oracle
	noise    noise
}

// Spec implements simulators.Simulator.
func (m *model) Spec() simulators.Spec { return m.spec }

// Evaluate implements simulators.Simulator.
func (m *model) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	results := make([]simulators.Result, len(points))
	for i, p := range points {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		results[i] = m.evaluate(p)
	}
	return results, nil
}

func (m *model) evaluate(p space.Point) simulators.Result {
	e, err := m.oracle.Accuracy(p)
	if err != nil {
		return simulators.Infeasible(err.Error(), 0)
	}
	n, err := m.searched.Decode(p)
	if err != nil {
		return simulators.Failed(err.Error()) // a point of the space decodes: ours
	}
	t := n.Totals()
	return simulators.OK(m.noise.add(e.Percent, m.spec.Space, p), e.ErrorPercent, float64(t.Parameters), float64(t.MACs))
}
