package proxy

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/proxy"
)

// LoadOptions say what of a dataset is read.
type LoadOptions struct {
	Simulator string     // of the rows; empty = the only one there is
	Metrics   []string   // keys; none = all
	Others    bool       // behind those asked for come the others that every row has: what is asked for may follow from them
	By        dataset.By // what the groups of the rows are
	Features  *Described // of the scenarios, beside those of the simulator; nil = none
}

// Load reads the rows of a dataset as a table to learn from. The axes are those of the simulator in the catalogue, whose version must be that of the
// rows; of a simulator that is not there they are what the rows have. Failed rows are left out.
func Load(r *dataset.Reader, catalogue []simulators.Factory, o LoadOptions) (*proxy.Table, error) {
	t, _, err := load(r, catalogue, o)
	return t, err
}

// load is Load with the study of each row.
func load(r *dataset.Reader, catalogue []simulators.Factory, o LoadOptions) (*proxy.Table, []int, error) {
	name, err := theSimulator(r, o.Simulator)
	if err != nil {
		return nil, nil, err
	}
	t := &proxy.Table{}
	tasks, err := readTasks(r, name, t)
	if err != nil {
		return nil, nil, err
	}
	features := make([][]simulators.Feature, len(t.Tasks))
	at := slices.IndexFunc(catalogue, func(f simulators.Factory) bool { return f.Name == name })
	if at >= 0 {
		t.Spec, features, err = specOf(catalogue[at], r, tasks, t.Tasks)
	} else {
		t.Spec, err = inferSpec(r, name, tasks)
	}
	if err != nil {
		return nil, nil, err
	}
	if features, err = o.Features.beside(features, t.Tasks); err != nil {
		return nil, nil, err
	}
	t.Describe(features)
	columns, err := pickMetrics(&t.Spec, r, o)
	if err != nil {
		return nil, nil, err
	}
	groups, err := dataset.Groups(r, o.By)
	if err != nil {
		return nil, nil, err
	}
	required := len(columns)
	if o.Others && len(o.Metrics) > 0 {
		required = len(o.Metrics)
	}
	studies, err := readRows(r, t, tasks, columns, required, groups)
	if err != nil {
		return nil, nil, err
	}
	dropIncomplete(t, required)
	return t, studies, nil
}

// theSimulator is the one asked for, or the only one.
func theSimulator(r *dataset.Reader, asked string) (string, error) {
	names := map[string]bool{}
	for _, s := range r.Studies() {
		names[s.Simulator] = true
	}
	known := slices.Sorted(maps.Keys(names))
	switch {
	case asked != "" && !names[asked]:
		return "", suggest.Unknown("simulator of the dataset", asked, known)
	case asked == "" && len(known) != 1:
		return "", fmt.Errorf("the dataset is of the simulators %s: name one of them", strings.Join(known, ", "))
	case asked == "":
		return known[0], nil
	}
	return asked, nil
}

// readTasks lists the different settings of a simulator's studies, and gives the task of each study: -1 for those of other simulators.
func readTasks(r *dataset.Reader, name string, t *proxy.Table) ([]int, error) {
	tasks := make([]int, len(r.Studies()))
	var texts []string
	version := ""
	for i, s := range r.Studies() {
		tasks[i] = -1
		if s.Simulator != name {
			continue
		}
		if version != "" && version != s.Version {
			return nil, fmt.Errorf("the dataset has rows of %s %s and %s: the numbers are not the same", name, version, s.Version)
		}
		version = s.Version
		text := s.Fidelity + string(s.Settings)
		at := slices.Index(texts, text)
		if at < 0 {
			var settings map[string]any
			if err := json.Unmarshal(s.Settings, &settings); err != nil {
				return nil, fmt.Errorf("study %d: settings: %w", i, err)
			}
			at, texts, t.Tasks = len(texts), append(texts, text), append(t.Tasks, proxy.Task{Name: s.Scenario, Settings: settings})
		}
		tasks[i] = at
	}
	return tasks, nil
}

// specOf opens the simulator of the catalogue in the tasks' settings: versions and designs must be those of the rows. It says what describes each task.
func specOf(f simulators.Factory, r *dataset.Reader, taskOf []int, tasks []proxy.Task) (spec simulators.Spec, features [][]simulators.Feature, err error) {
	features = make([][]simulators.Feature, len(tasks))
	for i, task := range tasks {
		in, settings, err := f.Open(task.Settings)
		if err != nil {
			return spec, nil, fmt.Errorf("task %s: %w", task.Name, err)
		}
		own := in.Simulator.Spec()
		study := r.Studies()[slices.Index(taskOf, i)]
		if own.Version != study.Version {
			return spec, nil, fmt.Errorf("the rows are of %s %s, here is %s: the numbers are not the same; collect them again", f.Name, study.Version, own.Version)
		}
		if i == 0 {
			spec = own
		} else if dataset.SpaceHash(own.Space) != dataset.SpaceHash(spec.Space) {
			return spec, nil, fmt.Errorf("the tasks %s and %s have different design spaces: fit a proxy of each", tasks[0].Name, task.Name)
		}
		features[i] = proxy.Features(f, in, settings.Map())
	}
	return spec, features, nil
}

// inferSpec is the simulator that the rows themselves show: numbers are ordinal axes, texts nominal ones, of the values that occur.
func inferSpec(r *dataset.Reader, name string, tasks []int) (simulators.Spec, error) {
	numbers, labels := make([]map[float64]bool, len(r.Params())), make([]map[string]bool, len(r.Params()))
	for i := range numbers {
		numbers[i], labels[i] = map[float64]bool{}, map[string]bool{}
	}
	for rec, err := range r.Rows() {
		if err != nil {
			return simulators.Spec{}, err
		}
		if tasks[rec.Study] < 0 {
			continue
		}
		for i, v := range rec.Params {
			switch v := v.(type) {
			case float64:
				numbers[i][v] = true
			case string:
				labels[i][v] = true
			default:
				return simulators.Spec{}, fmt.Errorf("%s is not in the catalogue, and row %d of study %d has no %s: its axes cannot be told", name, rec.Trial, rec.Study, r.Params()[i].Name)
			}
		}
	}
	var params []space.Param
	for i, c := range r.Params() {
		p := space.Param{Name: strings.TrimPrefix(c.Name, dataset.ParamPrefix), Unit: c.Unit, Doc: c.Doc, Values: slices.Sorted(maps.Keys(numbers[i]))}
		if len(labels[i]) > 0 {
			p.Kind, p.Values, p.Labels = space.Nominal, nil, slices.Sorted(maps.Keys(labels[i]))
		}
		params = append(params, p)
	}
	s, err := space.New(params...)
	if err != nil {
		return simulators.Spec{}, err
	}
	spec := simulators.Spec{Name: name, Version: r.Studies()[slices.IndexFunc(tasks, func(t int) bool { return t >= 0 })].Version, Space: s}
	for _, c := range r.Metrics() {
		key := strings.TrimPrefix(c.Name, dataset.MetricPrefix)
		m := simulators.Metric{Name: key, Doc: c.Doc}
		for cut := range key { // the key is the name, '_' and the unit in lower case
			if with := (simulators.Metric{Name: key[:cut], Unit: c.Unit, Doc: c.Doc}); cut > 0 && with.Key() == key {
				m = with
				break
			}
		}
		spec.Metrics = append(spec.Metrics, m)
	}
	return spec, nil
}

// pickMetrics keeps the metrics asked for, and others behind them where these are wanted, and finds their columns. Units must agree.
func pickMetrics(spec *simulators.Spec, r *dataset.Reader, o LoadOptions) ([]int, error) {
	keys := spec.Keys()
	var metrics []simulators.Metric
	var columns []int
	var errs []error
	asked := o.Metrics
	if len(asked) == 0 {
		asked = keys
	}
	column := func(key string) int {
		return slices.IndexFunc(r.Metrics(), func(c dataset.Column) bool { return c.Name == dataset.MetricPrefix+key })
	}
	for _, key := range asked {
		m, at := slices.Index(keys, key), column(key)
		switch {
		case m < 0:
			errs = append(errs, suggest.Unknown("metric of "+spec.Name, key, keys))
		case at < 0:
			errs = append(errs, fmt.Errorf("the dataset has no metric %s", key))
		case r.Metrics()[at].Unit != spec.Metrics[m].Unit:
			errs = append(errs, fmt.Errorf("metric %s is in %q in the dataset, in %q in %s", key, r.Metrics()[at].Unit, spec.Metrics[m].Unit, spec.Name))
		default:
			metrics, columns = append(metrics, spec.Metrics[m]), append(columns, at)
		}
	}
	if o.Others {
		for m, key := range keys {
			if at := column(key); !slices.Contains(asked, key) && at >= 0 && r.Metrics()[at].Unit == spec.Metrics[m].Unit {
				metrics, columns = append(metrics, spec.Metrics[m]), append(columns, at)
			}
		}
	}
	spec.Metrics = metrics
	return columns, errors.Join(errs...)
}

// readRows reads the rows themselves, and gives the study of each. So many metrics, the first ones, must be there; others are NaN where they are not.
func readRows(r *dataset.Reader, t *proxy.Table, tasks, columns []int, required int, groups []uint64) (studies []int, err error) {
	points, err := newPoints(r, t.Spec.Space)
	if err != nil {
		return nil, err
	}
	i := -1
	for rec, err := range r.Rows() {
		if err != nil {
			return nil, err
		}
		i++
		if tasks[rec.Study] < 0 || rec.Failed != "" {
			continue
		}
		p, err := points.of(rec.Params)
		if err != nil {
			return nil, fmt.Errorf("study %d, trial %d: %w", rec.Study, rec.Trial, err)
		}
		row := proxy.Row{Point: p, Task: tasks[rec.Study], Infeasible: rec.Infeasible != "", Group: groups[i]}
		if !row.Infeasible {
			row.Values = make([]float64, len(columns))
			for k, c := range columns {
				if row.Values[k] = rec.Metrics[c]; math.IsNaN(row.Values[k]) && k < required {
					return nil, fmt.Errorf("study %d, trial %d: metric %s is missing", rec.Study, rec.Trial, t.Spec.Metrics[k].Key())
				}
			}
		}
		t.Rows, studies = append(t.Rows, row), append(studies, rec.Study)
	}
	if len(t.Rows) == 0 {
		return nil, errors.New("the dataset has no rows to learn from")
	}
	return studies, nil
}

// dropIncomplete takes the metrics away, behind the first so many, that a row lacks.
func dropIncomplete(t *proxy.Table, required int) {
	for m := len(t.Spec.Metrics) - 1; m >= required; m-- {
		if !slices.ContainsFunc(t.Rows, func(r proxy.Row) bool { return r.Values != nil && math.IsNaN(r.Values[m]) }) {
			continue
		}
		t.Spec.Metrics = slices.Delete(t.Spec.Metrics, m, m+1)
		for i, r := range t.Rows {
			if r.Values != nil {
				t.Rows[i].Values = slices.Delete(r.Values, m, m+1)
			}
		}
	}
}

// points turns the parameters of rows into points of a space.
type points struct {
	space   space.Space
	columns []int         // of each axis
	levels  []map[any]int // of each axis: level of a value
}

func newPoints(r *dataset.Reader, s space.Space) (*points, error) {
	p := &points{space: s, columns: make([]int, s.Len()), levels: make([]map[any]int, s.Len())}
	for axis, param := range s.Params() {
		p.columns[axis] = slices.IndexFunc(r.Params(), func(c dataset.Column) bool { return c.Name == dataset.ParamPrefix+param.Name })
		if p.columns[axis] < 0 {
			return nil, fmt.Errorf("the dataset has no column of the axis %s", param.Name)
		}
		p.levels[axis] = map[any]int{}
		for l := range s.Levels(axis) {
			p.levels[axis][param.LevelName(l)] = l
			if param.Kind == space.Ordinal {
				p.levels[axis][param.Values[l]] = l
			}
		}
	}
	return p, nil
}

func (p *points) of(params []any) (space.Point, error) {
	out := make(space.Point, len(p.columns))
	for axis, c := range p.columns {
		v := params[c]
		if v == nil {
			continue // inactive: Check tells when it is not
		}
		level, ok := p.levels[axis][v]
		if !ok {
			return nil, fmt.Errorf("%v is no level of the axis %s: %s", v, p.space.Param(axis).Name, p.space.Param(axis).Range())
		}
		out[axis] = level
	}
	return out, p.space.Check(out)
}

// designKey tells designs apart.
func designKey(s space.Space, p space.Point) uint64 {
	var b [64]byte
	h := uint64(14695981039346656037)
	for _, c := range s.AppendKey(b[:0], p) {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return binary.LittleEndian.Uint64(binary.BigEndian.AppendUint64(nil, h))
}
