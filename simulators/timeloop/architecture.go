package timeloop

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
	"github.com/codesign-gym/codesign/internal/suggest"
)

// maxDepth bounds the nesting of containers, maxLevels the levels.
const (
	maxDepth  = 64
	maxLevels = 32
)

// component is one level of the hierarchy, or the multiply-accumulate units, as it stands in the file.
type component struct {
	node      *node
	name      string
	class     string   // with what the subclass adds
	fanout    bool     // holds nothing: the place where a container fans out
	parts     *node    // attributes; may be nil
	rules     *node    // constraints of version 0.4 at the component; may be nil
	branch    []branch // of the parallel nodes around it, outermost first
	copies    int64    // in the whole chip
	meshX     int64    // of them in a row; 0 = all
	container string   // of a fan-out: the name that mappings may call it by
}

// branch is one of the branches of a parallel node.
type branch struct{ parallel, index int }

// compute tells whether the component multiplies.
func (c component) compute() bool {
	return !c.fanout && (strings.Contains(c.class, "mac") || strings.Contains(c.class, "compute"))
}

// smart tells whether a memory has address generators of its own.
func (c component) smart() bool { return strings.Contains(c.class, "smartbuffer") }

// storage tells whether the component stores.
func (c component) storage() bool {
	return slices.ContainsFunc([]string{"DRAM", "SRAM", "regfile", "smartbuffer", "storage"}, func(s string) bool { return strings.Contains(c.class, s) })
}

// hierarchy lists the components of the section "architecture", outermost first.
func (r *reader) hierarchy(n *node) []component {
	if !r.isTable(n, "architecture") {
		return nil
	}
	version := r.version(n, "architecture")
	nodes, subtree := n.get("nodes"), n.get("subtree")
	switch {
	case n.get("arithmetic") != nil || n.get("storage") != nil:
		r.bad(n, "architecture: the oldest form (arithmetic, storage) is not read: write version 0.3 (subtree, local) or 0.4 (nodes)")
		return nil
	case nodes != nil && subtree != nil:
		r.bad(n, "architecture has both nodes (version 0.4) and subtree (version 0.3)")
		return nil
	case nodes == nil && subtree == nil:
		r.bad(n, "architecture is empty: it has neither nodes (version 0.4) nor subtree (version 0.3)")
		return nil
	case nodes != nil && version != "" && version != "0.4":
		r.bad(nodes, "architecture: nodes are of version 0.4, not %s", version)
	case subtree != nil && version == "0.4" && n.get("local") != nil:
		r.bad(subtree, "architecture: local beside version 0.4")
	}
	var list []component
	if nodes != nil {
		r.only(n, "architecture", "version", "nodes", "name")
		w := nodeWalk{reader: r, meshX: 1, meshY: 1}
		w.nodes(nodes, "architecture", nil, 0)
		list = w.list
	} else {
		r.only(n, "architecture", "version", "subtree", "name")
		r.subtree(subtree, 1, 0, &list)
	}
	r.checkHierarchy(n, list)
	return list
}

// checkHierarchy reports what no list of components may be.
func (r *reader) checkHierarchy(n *node, list []component) {
	computes := 0
	for i, c := range list {
		if slices.ContainsFunc(list[:i], func(o component) bool { return o.name == c.name }) {
			r.bad(c.node, "architecture: component %q twice", c.name)
		}
		if c.compute() {
			if computes++; i+1 < len(list) {
				r.bad(c.node, "architecture: %q computes, but %q lies below it: the units come last", c.name, list[i+1].name)
			}
		}
	}
	if len(r.errs) > 0 {
		return
	}
	stores := slices.ContainsFunc(list, func(c component) bool { return !c.fanout && !c.compute() })
	switch {
	case computes == 0:
		r.bad(n, "architecture has no multiply-accumulate units (class mac, intmac, fpmac or compute)")
	case !stores:
		r.bad(n, "architecture has no memory: the hierarchy is empty")
	case len(list)-1 > maxLevels:
		r.bad(n, "architecture has %d levels: want at most %d", len(list)-1, maxLevels)
	}
}

// instanceName splits NAME[FROM..TO] into the name and the number of instances.
func (r *reader) instanceName(n *node, text string) (name string, instances int64) {
	at := strings.IndexByte(text, '[')
	if at < 0 {
		return text, 1
	}
	found := regexp.MustCompile(`^\[(\d{1,9})\.\.(\d{1,9})\]$`).FindStringSubmatch(text[at:])
	if found == nil {
		r.bad(n, "%q: instances are written NAME[0..N]", text)
		return text[:at], 1
	}
	from, _ := strconv.ParseInt(found[1], 10, 64) // at most nine digits
	to, _ := strconv.ParseInt(found[2], 10, 64)
	if to < from {
		r.bad(n, "%q has no instances: %d comes before %d", text, to, from)
		return text[:at], 1
	}
	return text[:at], to - from + 1
}

// subtree reads the tree of version 0.3: each container has components ("local", outermost first) and at most one container below.
func (r *reader) subtree(n *node, copies int64, depth int, list *[]component) {
	containers := r.elements(n, "architecture: subtree")
	if len(containers) != 1 {
		r.bad(n, "architecture: a subtree of %d containers: one below the other is read, none beside another", len(containers))
		return
	}
	c := containers[0]
	if depth > maxDepth {
		r.bad(c, "architecture: containers nested deeper than %d", maxDepth)
		return
	}
	if !r.isTable(c, "architecture: a container") {
		return
	}
	r.only(c, "architecture: container", "name", "attributes", "local", "subtree")
	if c.get("name") != nil {
		_, instances := r.instanceName(c, r.name(c, "architecture: container"))
		if copies *= instances; copies > maxInteger {
			r.bad(c, "architecture: more than 2^40 instances")
			return
		}
	}
	for _, l := range r.elements(c.get("local"), "architecture: local") {
		if !r.isTable(l, "architecture: a component") {
			continue
		}
		r.only(l, "architecture: component", "name", "class", "subclass", "attributes", "required_actions", "enabled")
		if v := l.get("enabled"); v != nil && !r.boolean(v, "architecture: enabled") {
			continue
		}
		name, instances := r.instanceName(l, r.name(l, "architecture: component"))
		place := r.component(l, name, copies*instances, 0)
		place.fanout = place.class == "dummy_storage" // what Timeloop's front end writes for a mesh
		*list = append(*list, place)
	}
	if below := c.get("subtree"); below != nil {
		r.subtree(below, copies, depth+1, list)
		return
	}
	// the units are innermost, wherever they stand in the list
	slices.SortStableFunc(*list, func(a, b component) int { return cmp.Compare(innermost(a.compute()), innermost(b.compute())) })
}

// innermost sorts false before true.
func innermost(b bool) int {
	if b {
		return 1
	}
	return 0
}

// component reads what components of both versions have.
func (r *reader) component(n *node, name string, copies, meshX int64) component {
	c := component{node: n, name: name, parts: n.get("attributes"), rules: n.get("constraints"), copies: copies, meshX: meshX}
	class := n.get("class")
	if class == nil {
		r.bad(n, "architecture: component %q has no class", name)
		return c
	}
	c.class, _ = r.word(class, "architecture: class of "+name)
	if subclass := n.get("subclass"); subclass != nil {
		text, _ := r.word(subclass, "architecture: subclass of "+name)
		c.class += " " + text
	}
	if c.parts != nil && !r.isTable(c.parts, "architecture: attributes of "+name) {
		c.parts = nil
	}
	if !c.compute() && !c.storage() {
		r.bad(class, "architecture: %s: not read: %w", name, suggest.Unknown("class", c.class,
			[]string{"DRAM", "SRAM", "regfile", "smartbuffer", "storage", "mac", "intmac", "fpmac", "compute"}))
	}
	return c
}

// architecture makes the levels of the components.
func (r *reader) architecture(list []component, energies *references, o Options) loopnest.Architecture {
	var a loopnest.Architecture
	for _, c := range list {
		switch {
		case c.fanout:
			place := attributes{reader: r, of: c}
			l := loopnest.Level{Name: c.name, NoStorage: true}
			l.Instances, l.MeshX = place.mesh()
			a.Levels = append(a.Levels, l)
		case c.compute():
			a.Compute = r.compute(c, energies, o)
		default:
			a.Levels = append(a.Levels, r.level(c, energies, o))
		}
	}
	return a
}
