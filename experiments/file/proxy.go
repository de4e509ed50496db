package file

import (
	"slices"

	"github.com/codesign-gym/codesign/internal/suggest"
)

// Proxy asks for proxies of the scenarios' simulator once all studies are done: fitted to the trials, judged, searched on, and verified.
type Proxy struct {
	Metrics   []string // keys to predict
	Kind      string   // of model; empty = for each metric the best
	TrainRows []int64  // training sets; none = all rows that do not judge
	Splits    int      // with different seeds, of each training set
	TestFrac  float64  // share of the outcome classes that judge
	Agent     string   // kind that searches; empty = no search
	Trials    int      // of the agent on the true simulator, and on the proxy
	Verify    int      // designs of the search on the proxy that the true simulator evaluates
	Repeats   int      // of the search, of each scenario
	Bars      map[string]float64
	Judge     int           // freshly drawn designs that judge the sources, in each scenario
	Sources   []ProxySource // whose trials proxies are learned from, compared; none = no comparison
	Shots     []int64       // designs of a scenario that is new to the proxy of the others, each in turn; none = no transfer
}

// ProxySource is a training set of the trials of some agents, as many of each.
type ProxySource struct {
	Name   string
	Agents []string // names in the file
}

// DefaultJudge is how many designs judge the sources.
const DefaultJudge = 500

// Bars lists the names that bars may have.
func Bars() []string {
	return []string{"rmse_frac", "spearman", "coverage_low", "coverage_high", "fit_s", "prediction_us", "regret_frac", "faster"}
}

func readProxy(t table) *Proxy {
	t.known("metrics", "kind", "train_rows", "splits", "test_frac", "agent", "trials", "verify", "repeats", "bars", "judge", "source", "shots")
	p := &Proxy{
		Kind: t.text("kind"), Splits: int(t.integer("splits", 1, 1000, 1)), TestFrac: 0.2, Agent: t.text("agent"),
		Trials: int(t.integer("trials", 1, 1_000_000, 1000)), Verify: int(t.integer("verify", 1, 1_000_000, 50)), Repeats: int(t.integer("repeats", 1, 1000, 1)),
		Bars: map[string]float64{}, Judge: int(t.integer("judge", 20, 1_000_000, DefaultJudge)),
	}
	for _, section := range t.sections("source", false) {
		p.Sources = append(p.Sources, readSource(section))
	}
	if p.Sources == nil {
		p.Judge = 0
	}
	for i, v := range t.list("shots") {
		n, ok := v.(int64)
		if !ok || n < 0 {
			t.r.wrong(t.at("shots", i), "%s is not a number of designs", show(v))
		}
		p.Shots = append(p.Shots, n)
	}
	if t.has("judge") && p.Sources == nil {
		t.wrong("judge", "there is nothing to judge: add a [[proxy.source]] of agents whose trials are learned from")
	}
	if v := t.number("test_frac"); v != nil {
		if p.TestFrac = *v; !(p.TestFrac > 0 && p.TestFrac < 1) {
			t.wrong("test_frac", "%s is not between 0 and 1", show(*v))
		}
	}
	for i, v := range t.list("metrics") {
		key, ok := v.(string)
		if !ok {
			t.r.wrong(t.at("metrics", i), "%s is not the key of a metric", show(v))
		} else if slices.Contains(p.Metrics, key) {
			t.r.wrong(t.at("metrics", i), "%s is there twice", show(v))
		}
		p.Metrics = append(p.Metrics, key)
	}
	if len(p.Metrics) == 0 {
		t.missing("metrics")
	}
	for i, v := range t.list("train_rows") {
		n, ok := v.(int64)
		if !ok || n < 1 {
			t.r.wrong(t.at("train_rows", i), "%s is not a number of rows", show(v))
		}
		p.TrainRows = append(p.TrainRows, n)
	}
	bars, _ := t.inner("bars")
	bars.known(Bars()...)
	for _, key := range sortedKeys(bars.values) {
		if v := bars.number(key); v != nil {
			p.Bars[key] = *v
		}
	}
	return p
}

func readSource(t table) ProxySource {
	t.known("name", "agents")
	s := ProxySource{Name: t.required("name")}
	for i, v := range t.list("agents") {
		name, ok := v.(string)
		if !ok {
			t.r.wrong(t.at("agents", i), "%s is not the name of an agent", show(v))
		}
		s.Agents = append(s.Agents, name)
	}
	if len(s.Agents) == 0 {
		t.missing("agents")
	}
	return s
}

// checkSources reports sources that are named twice, and agents that are not in the file.
func (f *File) checkSources(r *reader) {
	if f.Proxy == nil {
		return
	}
	var agents, names []string
	for _, a := range f.Agents {
		agents = append(agents, a.Name)
	}
	if len(f.Proxy.Shots) > 0 && len(f.Scenarios) < 2 {
		r.wrong([]any{"proxy", "shots"}, "a scenario that is new needs others that are known: there is one")
	}
	for i, s := range f.Proxy.Sources {
		if slices.Contains(names, s.Name) {
			r.wrong([]any{"proxy", "source", i, "name"}, "%q is the name of another source already", s.Name)
		}
		names = append(names, s.Name)
		for k, name := range s.Agents {
			if !slices.Contains(agents, name) {
				r.wrong([]any{"proxy", "source", i, "agents", k}, "%w", suggest.Unknown("agent of the file", name, agents))
			}
		}
	}
	for _, key := range []string{"bars", "agent", "shots"} {
		if _, given := f.Proxy.resolved()[key]; given && len(f.Proxy.Sources) > 0 {
			r.wrong([]any{"proxy", key}, "sources are judged by designs that are drawn for it: bars, searches and shots are for a proxy that is judged by splits")
		}
	}
}

// list is a list of any values; nil when it is absent.
func (t table) list(key string) []any {
	if !t.has(key) {
		return nil
	}
	list, ok := asList(t.values[key])
	if !ok || len(list) == 0 {
		t.wrong(key, "%s is not a list with at least one value", show(t.values[key]))
	}
	return list
}

// resolved is the section's values as they were read, with the defaults.
func (p *Proxy) resolved() map[string]any {
	values := map[string]any{
		"splits": int64(p.Splits), "test_frac": p.TestFrac, "trials": int64(p.Trials), "verify": int64(p.Verify), "repeats": int64(p.Repeats),
	}
	if p.Kind != "" {
		values["kind"] = p.Kind
	}
	if p.Agent != "" {
		values["agent"] = p.Agent
	}
	var metrics, rows, shots []any
	for _, m := range p.Metrics {
		metrics = append(metrics, m)
	}
	values["metrics"] = metrics
	for _, n := range p.TrainRows {
		rows = append(rows, n)
	}
	if rows != nil {
		values["train_rows"] = rows
	}
	for _, n := range p.Shots {
		shots = append(shots, n)
	}
	if shots != nil {
		values["shots"] = shots
	}
	if len(p.Sources) > 0 {
		values["judge"] = int64(p.Judge)
	}
	if len(p.Bars) > 0 {
		bars := map[string]any{}
		for name, v := range p.Bars {
			bars[name] = v
		}
		values["bars"] = bars
	}
	return values
}
