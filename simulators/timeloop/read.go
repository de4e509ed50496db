package timeloop

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
	"github.com/codesign-gym/codesign/accelerators/loopnest/mapper"
	"github.com/codesign-gym/codesign/accelerators/tech"
	"github.com/codesign-gym/codesign/internal/suggest"
)

// File is an input file: TOML when its name ends in .toml, YAML otherwise.
type File struct {
	Name string
	Text []byte
}

// Options complete the files.
type Options struct {
	Problem *loopnest.Problem // in the place of the section "problem"
	Table   tech.Table        // energies and areas of components for which the files have none; the zero Table means the default one
}

// Specification is what files say.
type Specification struct {
	Problem      loopnest.Problem
	Architecture loopnest.Architecture
	Mapping      *loopnest.Mapping // nil = none given
	Constraints  mapper.Constraints
	Mapper       mapper.Options
	Notes        []string // what was passed over, and figures that the files do not state
}

// Load reads files from disk.
func Load(paths []string) (list []File, err error) {
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, err
		}
		if !info.Mode().IsRegular() || info.Size() > MaxFileBytes {
			return nil, fmt.Errorf("%s is not a regular file of at most %d bytes", path, MaxFileBytes)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		list = append(list, File{path, text})
	}
	return list, nil
}

// Read reads files as Timeloop does: each holds any of the sections, and together they make a specification. All mistakes are reported at once,
// each an *Error with its file and line, but those of a syntax hide the rest.
func Read(files []File, o Options) (*Specification, error) {
	sections, err := parse(files)
	if err != nil {
		return nil, err
	}
	if o.Table.Name == "" {
		o.Table = tech.Tables()[0]
	}
	r := &reader{}
	spec := r.specification(sections, o)
	if err := r.error(); err != nil {
		return nil, err
	}
	spec.Notes = r.notes
	return spec, nil
}

// ReadProblem reads the section "problem" of a file.
func ReadProblem(f File) (loopnest.Problem, error) {
	sections, err := parse([]File{f})
	if err != nil {
		return loopnest.Problem{}, err
	}
	r := &reader{}
	var p loopnest.Problem
	if n := section(sections, "problem"); n != nil {
		p = r.problem(n)
	} else {
		r.errs = append(r.errs, &Error{f.Name, 1, errors.New("no section \"problem\"")})
	}
	return p, r.error()
}

// parse lists the sections of all files.
func parse(files []File) (sections []field, err error) {
	var errs []error
	for _, f := range files {
		read := parseYAML
		if strings.EqualFold(filepath.Ext(f.Name), ".toml") {
			read = parseTOML
		}
		if len(f.Text) > MaxFileBytes {
			errs = append(errs, fmt.Errorf("%s: larger than %d bytes", f.Name, MaxFileBytes))
			continue
		}
		root, err := read(f.Name, f.Text)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		for _, s := range root.fields {
			if !s.value.void() || s.key == "architecture" || s.key == "problem" {
				sections = append(sections, s)
			}
		}
	}
	return sections, errors.Join(errs...)
}

// section is the section of a name; nil when there is none.
func section(sections []field, name string) *node {
	i := slices.IndexFunc(sections, func(f field) bool { return f.key == name })
	if i < 0 {
		return nil
	}
	return sections[i].value
}

// isConstraints tells whether a section holds constraints: several may, under names of their own.
func isConstraints(key string) bool { return strings.Contains(key, "constraints") }

// checkSections reports sections that are not read, and those that stand twice.
func (r *reader) checkSections(sections []field) {
	known := []string{"architecture", "problem", "mapping", "mapper", "architecture_constraints", "mapspace_constraints", "constraints", "ERT", "ART"}
	for i, s := range sections {
		switch {
		case isConstraints(s.key):
		case s.key == "dumped_by_timeloop_front_end":
		case s.key == "compound_components" || s.key == "components":
			r.note("%s: %s is not read: energies and areas come from an ERT and an ART, or from the technology", s.value.file, s.key)
		case s.key == "variables" || s.key == "globals":
			r.note("%s: %s is not read: expressions are not either", s.value.file, s.key)
		case s.key == "mapspace":
			r.mapspace(s.value)
		case !slices.Contains(known, s.key):
			r.errs = append(r.errs, &Error{s.value.file, s.line, fmt.Errorf("not read: %w", suggest.Unknown("section", s.key, known))})
		case slices.ContainsFunc(sections[:i], func(o field) bool { return o.key == s.key }):
			r.errs = append(r.errs, &Error{s.value.file, s.line, fmt.Errorf("section %q twice", s.key)})
		}
	}
}

// mapspace refuses mapspaces other than the usual one.
func (r *reader) mapspace(n *node) {
	if !r.isTable(n, "mapspace") {
		return
	}
	r.only(n, "mapspace", "version", "template")
	if v := n.get("template"); v != nil {
		if text, _ := r.word(v, "mapspace: template"); text != "uber" {
			r.bad(v, "mapspace: template %q is not read: want uber", text)
		}
	}
}

// specification reads the sections in the order in which they need each other.
func (r *reader) specification(sections []field, o Options) *Specification {
	r.checkSections(sections)
	spec := &Specification{}
	needs := func(name string) *node {
		n := section(sections, name)
		if n == nil {
			r.errs = append(r.errs, fmt.Errorf("no file has a section %q", name))
		}
		return n
	}
	energies := &references{}
	if n := section(sections, "ERT"); n != nil {
		r.readERT(n, energies)
	}
	if n := section(sections, "ART"); n != nil {
		r.readART(n, energies)
	}
	if o.Problem != nil {
		spec.Problem = *o.Problem
		if n := section(sections, "problem"); n != nil {
			r.bad(n, "a section \"problem\" beside a layer that is named: leave one of them out")
		}
	} else if n := needs("problem"); n != nil {
		spec.Problem = r.problem(n)
	}
	if n := section(sections, "mapper"); n != nil {
		spec.Mapper = r.mapper(n)
	}
	n := needs("architecture")
	if n == nil {
		return spec
	}
	list := r.hierarchy(n)
	if len(r.errs) > 0 { // what follows names levels, dimensions and tensors
		return spec
	}
	spec.Architecture = r.architecture(list, energies, o)
	if len(r.errs) > 0 {
		return spec
	}
	t := targets{spec.Architecture.Levels, list[:len(list)-1]}
	own := r.constraints(nil, t, spec.Problem)
	if len(r.errs) > 0 { // all constraints together would report them again
		return spec
	}
	own.hold(&spec.Architecture)
	rules := r.constraints(slices.DeleteFunc(slices.Clone(sections), func(s field) bool { return !isConstraints(s.key) }), t, spec.Problem)
	if len(r.errs) > 0 {
		return spec
	}
	spec.Constraints = rules.build()
	if n := section(sections, "mapping"); n != nil {
		spec.Mapping = r.mapping(n, t, spec.Problem)
	}
	return spec
}
