package dataflow

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// WriteNetwork writes a network as a MAESTRO file that ReadNetwork and MAESTRO read. Sizes are numbers: constants and Sz are resolved.
func WriteNetwork(w io.Writer, n Network) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "Network %s {\n", label(n.Name))
	for _, l := range n.Layers {
		f := l.Layer.filled()
		fmt.Fprintf(b, "\tLayer %s {\n\t\tType: %s\n", label(f.Name), f.Op)
		if f.Op != MatMul {
			fmt.Fprintf(b, "\t\tStride { X: %d, Y: %d }\n", f.StrideX, f.StrideY)
		}
		var sizes []string
		for _, d := range f.Op.stated() {
			if size := f.Size[d]; size > 1 || d != N && d != G || f.Op == MatMul {
				sizes = append(sizes, fmt.Sprintf("%s: %d", d, size))
			}
		}
		fmt.Fprintf(b, "\t\tDimensions { %s }\n", strings.Join(sizes, ", "))
		if l.Mapping != nil {
			fmt.Fprint(b, "\t\tDataflow {\n")
			writeMapping(b, l.Mapping)
			fmt.Fprint(b, "\t\t}\n")
		}
		fmt.Fprint(b, "\t}\n")
	}
	fmt.Fprint(b, "}\n")
	return b.Flush()
}

// stated lists the dimensions of an operation in the usual order of the files; the optional ones first.
func (o Op) stated() []Dim {
	if o == MatMul {
		return []Dim{M, N, K}
	}
	return []Dim{N, G, K, C, R, S, Y, X}
}

func writeMapping(w io.Writer, m Mapping) {
	for i, level := range m {
		if i > 0 {
			fmt.Fprintf(w, "\t\t\tCluster(%d, P);\n", level.Units)
		}
		for _, directive := range level.Maps {
			fmt.Fprintf(w, "\t\t\t%s;\n", directive)
		}
	}
}

// String writes the mapping as the directives of a file, one after the other.
func (m Mapping) String() string {
	var parts []string
	for i, level := range m {
		if i > 0 {
			parts = append(parts, fmt.Sprintf("Cluster(%d, P)", level.Units))
		}
		for _, directive := range level.Maps {
			parts = append(parts, directive.String())
		}
	}
	return strings.Join(parts, "; ")
}

// label makes a name one word of a file.
func label(name string) string {
	clean := strings.Map(func(r rune) rune {
		if strings.ContainsRune(separators+"{}\n/", r) {
			return '_'
		}
		return r
	}, name)
	if clean == "" {
		return "unnamed"
	}
	return clean
}
