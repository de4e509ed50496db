package timeloop

import "slices"

// nodeWalk flattens the nodes of version 0.4: everything after a node with a mesh lies below that mesh.
type nodeWalk struct {
	*reader
	list         []component
	meshX, meshY int64
	parallels    int // seen so far
}

// nodes reads a list of nodes. around are the branches of parallel nodes that it stands in.
func (w *nodeWalk) nodes(n *node, what string, around []branch, depth int) {
	if depth > maxDepth {
		w.bad(n, "%s: nodes nested deeper than %d", what, maxDepth)
		return
	}
	for _, item := range w.elements(n, what+": nodes") {
		w.node(item, around, depth)
	}
}

// node reads one node. Without a tag, as in TOML, a node with a class is a component, one with nodes a hierarchy, and another a container.
func (w *nodeWalk) node(n *node, around []branch, depth int) {
	tag := n.tag
	if tag == "!Nothing" || tag == "!Nothing{}" {
		return
	}
	if !w.isTable(n, "architecture: a node") {
		return
	}
	if v := n.get("enabled"); v != nil && !w.boolean(v, "architecture: enabled") {
		return
	}
	parallel := n.get("parallel")
	if tag == "" {
		switch {
		case parallel != nil && w.boolean(parallel, "architecture: parallel"):
			tag = "!Parallel"
		case n.get("class") != nil:
			tag = "!Component"
		case n.get("nodes") != nil:
			tag = "!Hierarchical"
		default:
			tag = "!Container"
		}
	}
	switch tag {
	case "!Hierarchical":
		w.only(n, "architecture: !Hierarchical", "nodes", "enabled", "name")
		w.nodes(n.get("nodes"), "architecture: !Hierarchical", around, depth+1)
	case "!Parallel":
		w.only(n, "architecture: !Parallel", "nodes", "enabled", "name", "parallel")
		w.parallels++
		parallel := w.parallels
		for i, item := range w.elements(n.get("nodes"), "architecture: !Parallel: nodes") {
			w.node(item, append(slices.Clone(around), branch{parallel, i}), depth+1)
		}
	case "!Container":
		w.only(n, "architecture: !Container", "name", "attributes", "spatial", "constraints", "enabled")
		w.fanOut(n, w.name(n, "architecture: !Container"), around)
	case "!Component":
		w.only(n, "architecture: !Component", "name", "class", "subclass", "attributes", "spatial", "constraints", "enabled", "required_actions")
		name := w.name(n, "architecture: !Component")
		w.fanOut(n, name, around)
		c := w.component(n, name, w.meshX*w.meshY, w.meshX)
		c.branch = around
		w.list = append(w.list, c)
	default:
		w.bad(n, "architecture: nodes of the kind %s are not read: want !Component, !Container, !Hierarchical, !Parallel or !Nothing", tag)
	}
}

// noMesh says that the constraints of a container without a mesh have nothing to constrain.
func (w *nodeWalk) noMesh(n *node, name string) {
	if n.get("class") == nil && n.get("constraints") != nil {
		w.note("%s: its constraints say nothing: it has no mesh", name)
	}
}

// fanOut adds the place where a node with a mesh fans out, under the name that Timeloop gives it.
func (w *nodeWalk) fanOut(n *node, name string, around []branch) {
	spatial := n.get("spatial")
	if spatial == nil {
		w.noMesh(n, name)
		return
	}
	if !w.isTable(spatial, "architecture: spatial of "+name) {
		return
	}
	w.only(spatial, "architecture: spatial of "+name, "meshX", "meshY")
	mesh := [2]int64{1, 1}
	for i, key := range []string{"meshX", "meshY"} {
		if v := spatial.get(key); v != nil {
			mesh[i] = w.size(v, "architecture: "+key+" of "+name)
		}
	}
	if mesh[0]*mesh[1] == 1 {
		w.noMesh(n, name)
		return
	}
	if len(around) > 0 {
		w.bad(spatial, "architecture: %q has a mesh in a !Parallel node: put the mesh into a container before it", name)
		return
	}
	place := component{node: n, name: "inter_" + name + "_spatial", fanout: true, rules: n.get("constraints"), container: name, copies: w.meshX * w.meshY, meshX: w.meshX}
	w.list = append(w.list, place)
	w.meshX, w.meshY = w.meshX*mesh[0], w.meshY*mesh[1]
	if w.meshX > 1<<20 || w.meshY > 1<<20 {
		w.bad(spatial, "architecture: more than 2^20 instances along a side of the mesh")
		w.meshX, w.meshY = 1, 1
	}
}
