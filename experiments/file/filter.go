package file

import (
	"slices"

	"github.com/codesign-gym/codesign/internal/suggest"
)

// Filter names studies: those of all the scenarios and agents that it lists, whose agent's options have one of the listed values.
type Filter struct {
	Scenarios []string // nil = all
	Agents    []string // nil = all
	Where     []Option // every one must hold; an agent without the option is not meant
}

// Keeps tells whether the file asks for the studies of a cell of the i-th agent on the j-th scenario: some [[include]] names them, if there is any, and no [[exclude]].
func (f *File) Keeps(scenario, agent int, cell map[string]any) bool {
	names := func(filter Filter) bool { return filter.names(f.Scenarios[scenario].Name, f.Agents[agent].Name, cell) }
	return (len(f.Includes) == 0 || slices.ContainsFunc(f.Includes, names)) && !slices.ContainsFunc(f.Excludes, names)
}

func (filter Filter) names(scenario, agent string, cell map[string]any) bool {
	if filter.Scenarios != nil && !slices.Contains(filter.Scenarios, scenario) || filter.Agents != nil && !slices.Contains(filter.Agents, agent) {
		return false
	}
	for _, o := range filter.Where {
		v, given := cell[o.Name]
		if !given || !slices.ContainsFunc(o.Values, func(wanted any) bool { return sameText(wanted) == sameText(v) }) {
			return false
		}
	}
	return true
}

func readFilter(t table) Filter {
	t.known("scenario", "agent", "where")
	filter := Filter{Scenarios: t.names("scenario"), Agents: t.names("agent")}
	in, _ := t.inner("where")
	for _, name := range sortedKeys(in.values) {
		if in.named(name) {
			filter.Where = append(filter.Where, Option{name, in.optionValues(name)})
		}
	}
	if filter.Scenarios == nil && filter.Agents == nil && filter.Where == nil {
		t.r.wrong(t.path, "it names no studies: give it a scenario, an agent or where = { option = value }")
	}
	return filter
}

// names is a name or a list of names; nil when it is absent.
func (t table) names(key string) []string {
	v, given := t.values[key]
	if !given {
		return nil
	}
	list, ok := asList(v)
	if !ok {
		list = []any{v}
	}
	var names []string
	for _, item := range list {
		name, ok := item.(string)
		if !ok || name == "" {
			t.wrong(key, "%s is not a name or a list of names", show(v))
			return nil
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		t.wrong(key, "an empty list says nothing: leave it out")
	}
	return names
}

// checkFilters reports filters that name nothing of the file, and a file that they leave without studies.
func (f *File) checkFilters(r *reader) {
	var scenarios, agents []string
	for _, s := range f.Scenarios {
		scenarios = append(scenarios, s.Name)
	}
	for _, a := range f.Agents {
		agents = append(agents, a.Name)
	}
	for _, section := range []struct {
		key  string
		list []Filter
	}{{"include", f.Includes}, {"exclude", f.Excludes}} {
		for i, filter := range section.list {
			for _, part := range []struct {
				key          string
				given, known []string
			}{{"scenario", filter.Scenarios, scenarios}, {"agent", filter.Agents, agents}} {
				for _, name := range part.given {
					if !slices.Contains(part.known, name) && !r.full() {
						r.wrong([]any{section.key, i, part.key}, "%w", suggest.Unknown(part.key, name, part.known))
					}
				}
			}
		}
	}
	if len(r.errs) > 0 || len(f.Includes)+len(f.Excludes) == 0 {
		return
	}
	used := make([]bool, len(f.Includes)+len(f.Excludes))
	all, kept := 0, 0
	for j, a := range f.Agents {
		for _, cell := range f.Cells(j) {
			for i, s := range f.Scenarios {
				all++
				for k, filter := range slices.Concat(f.Includes, f.Excludes) {
					used[k] = used[k] || filter.names(s.Name, a.Name, cell)
				}
				if f.Keeps(i, j, cell) {
					kept++
				}
			}
		}
	}
	for k := range used {
		key, i := "include", k
		if k >= len(f.Includes) {
			key, i = "exclude", k-len(f.Includes)
		}
		if !used[k] {
			r.wrong([]any{key, i}, "it names none of the %d settings and scenarios of the file", all)
		}
	}
	if kept == 0 && len(r.errs) == 0 {
		r.wrong([]any{"exclude"}, "nothing is left of the %d settings and scenarios of the file", all)
	}
}

// lines writes what a filter was read from.
func (filter Filter) lines(line func(key string, v any)) {
	for _, part := range []struct {
		key   string
		names []string
	}{{"scenario", filter.Scenarios}, {"agent", filter.Agents}} {
		if part.names == nil {
			continue
		}
		list := make([]any, len(part.names))
		for i, name := range part.names {
			list[i] = name
		}
		line(part.key, list)
	}
	if filter.Where != nil {
		where := map[string]any{}
		for _, o := range filter.Where {
			where[o.Name] = optionValue(o.Values)
		}
		line("where", where)
	}
}
