package timeloop

import "strings"

// actions are the energies of a component in pJ.
type actions struct{ read, write, update, leak, compute float64 }

// references are the reference tables of Accelergy: energies of actions (ERT) and areas (ART), by component. A nil one has none.
type references struct {
	energies map[string]actions
	areas    map[string]float64
}

// energy is the row of a component.
func (t *references) energy(component string) (actions, bool) {
	row, ok := t.energies[component]
	return row, ok
}

// area is the area of an instance in µm².
func (t *references) area(component string) (float64, bool) {
	v, ok := t.areas[component]
	return v, ok
}

// componentOf is the component of a table's name: system.chip.PE[0..167].spad is of spad.
func componentOf(path string) string {
	name := path[strings.LastIndexByte(path, '.')+1:]
	if at := strings.IndexByte(path, '['); at >= 0 { // the dots of a range are no separators
		name = path
		if end := strings.LastIndexByte(path, ']'); end > at && end+1 < len(path) {
			name = strings.TrimPrefix(path[end+1:], ".")
		} else {
			name = path[:strings.LastIndexByte(path, '[')]
		}
		name = name[strings.LastIndexByte(name, '.')+1:]
	}
	return name
}

// readERT reads the section "ERT". Of an action with arguments the dearest row counts, as for Timeloop.
func (r *reader) readERT(n *node, into *references) {
	if !r.isTable(n, "ERT") {
		return
	}
	r.version(n, "ERT")
	r.only(n, "ERT", "version", "tables")
	into.energies = map[string]actions{}
	for _, t := range r.elements(n.get("tables"), "ERT: tables") {
		if !r.isTable(t, "ERT: a table") {
			continue
		}
		r.only(t, "ERT: table", "name", "actions")
		component := componentOf(r.name(t, "ERT: table"))
		found := map[string]float64{}
		for _, action := range r.elements(t.get("actions"), "ERT: actions of "+component) {
			if !r.isTable(action, "ERT: an action") {
				continue
			}
			r.only(action, "ERT: action", "name", "arguments", "energy")
			name, energy := r.name(action, "ERT: action of "+component), action.get("energy")
			if energy == nil {
				r.bad(action, "ERT: action %q of %s has no energy", name, component)
				continue
			}
			found[name] = max(found[name], r.amount(energy, "ERT: energy of "+name+" of "+component))
		}
		into.energies[component] = rowOf(found)
	}
}

// rowOf sorts the actions of a component: arithmetic is called compute or mac_random, and an update that is not listed is a write.
func rowOf(found map[string]float64) actions {
	row := actions{read: found["read"], write: found["write"], update: found["update"], leak: found["leak"], compute: found["compute"]}
	if _, listed := found["update"]; !listed {
		row.update = row.write
	}
	if _, listed := found["compute"]; !listed {
		row.compute = found["mac_random"]
	}
	return row
}

// readART reads the section "ART".
func (r *reader) readART(n *node, into *references) {
	if !r.isTable(n, "ART") {
		return
	}
	r.version(n, "ART")
	r.only(n, "ART", "version", "tables")
	into.areas = map[string]float64{}
	for _, t := range r.elements(n.get("tables"), "ART: tables") {
		if !r.isTable(t, "ART: a table") {
			continue
		}
		r.only(t, "ART: table", "name", "area")
		component := componentOf(r.name(t, "ART: table"))
		if area := t.get("area"); area != nil {
			into.areas[component] = r.amount(area, "ART: area of "+component)
		} else {
			r.bad(t, "ART: %s has no area", component)
		}
	}
}
