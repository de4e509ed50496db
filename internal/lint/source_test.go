package lint

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// oldRandom is the one file that may use the old math/rand: the adapter to weightedrand, which knows no other.
const oldRandom = "weighted.go"

// pure says what packages that compute only may not import (a path covers the ones below it); none of them has a go statement either.
type pure struct {
	of, imports []string
	why         string
}

func pures() []pure {
	return []pure{
		{[]string{"dram/...", "accelerators/...", "soc/..."}, []string{"os", "time", "log", "net"}, "a model is a pure function: no files, clock, log or network"},
		{[]string{"agents/..."}, []string{"os", "time"}, "what an agent does follows from its seed and the told trials: no files, no clock"},
	}
}

// faults lists what a source file of a package contains against the rules.
func faults(pkg, name string, fset *token.FileSet, f *ast.File) []string {
	var list []string
	bad := func(at token.Pos, format string, args ...any) {
		list = append(list, fmt.Sprintf("%s: %s", fset.Position(at), fmt.Sprintf(format, args...)))
	}
	for _, imported := range f.Imports {
		if path, _ := strconv.Unquote(imported.Path.Value); path == "math/rand" && filepath.Base(name) != oldRandom {
			bad(imported.Pos(), "the old math/rand: use math/rand/v2 through env/seed")
		}
	}
	for _, p := range pures() {
		if !anyMatches(p.of, pkg) {
			continue
		}
		for _, imported := range f.Imports {
			path, _ := strconv.Unquote(imported.Path.Value)
			if slices.ContainsFunc(p.imports, func(no string) bool { return matches(no+"/...", path) }) {
				bad(imported.Pos(), "import of %s: %s", path, p.why)
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if s, ok := n.(*ast.GoStmt); ok {
				bad(s.Pos(), "go statement: parallelism is simulators/wrap's")
			}
			return true
		})
	}
	for _, use := range globalRandom(f) {
		bad(use.Pos(), "rand.%s: randomness comes from a *rand.Rand handed in, made by env/seed on PCG", use.Sel.Name)
	}
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Name.Name == "init" && d.Recv == nil {
				bad(d.Pos(), "init: build values where they are used")
			}
		case *ast.GenDecl:
			if d.Tok == token.VAR {
				for _, spec := range d.Specs {
					if v := spec.(*ast.ValueSpec); !constant(d, v) {
						bad(v.Pos(), "package-level variable %s: only sentinel errors, embedded files and interface assertions are allowed", v.Names[0].Name)
					}
				}
			}
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		if s, ok := call.Fun.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && x.Name == "fmt" && strings.HasPrefix(s.Sel.Name, "Print") {
				bad(call.Pos(), "fmt.%s: libraries never print", s.Sel.Name)
			}
		}
		return true
	})
	return list
}

// globalRandom lists the uses of math/rand/v2 other than its types, New and NewPCG: the global generator and other sources.
func globalRandom(f *ast.File) []*ast.SelectorExpr {
	allowed := []string{"Rand", "PCG", "Source", "New", "NewPCG"}
	var uses []*ast.SelectorExpr
	for _, imported := range f.Imports {
		if path, _ := strconv.Unquote(imported.Path.Value); path != "math/rand/v2" {
			continue
		}
		local := "rand"
		if imported.Name != nil {
			local = imported.Name.Name
		}
		ast.Inspect(f, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := s.X.(*ast.Ident); ok && x.Name == local && x.Obj == nil && !slices.Contains(allowed, s.Sel.Name) {
				uses = append(uses, s)
			}
			return true
		})
	}
	return uses
}

// constant tells whether a package variable never changes by its kind.
func constant(d *ast.GenDecl, v *ast.ValueSpec) bool {
	if v.Names[0].Name == "_" || d.Doc != nil && strings.Contains(commentText(d.Doc), "go:embed") || v.Doc != nil && strings.Contains(commentText(v.Doc), "go:embed") {
		return true
	}
	if len(v.Values) != 1 {
		return false
	}
	call, ok := v.Values[0].(*ast.CallExpr)
	if !ok {
		return false
	}
	s, ok := call.Fun.(*ast.SelectorExpr)
	return ok && s.Sel.Name == "New" && fmt.Sprint(s.X) == "errors"
}

func commentText(g *ast.CommentGroup) string {
	var b strings.Builder
	for _, c := range g.List {
		b.WriteString(c.Text)
	}
	return b.String()
}

func TestSourcesKeepTheRules(t *testing.T) {
	for _, p := range packages(t) {
		for _, name := range p.GoFiles {
			path := filepath.Join(p.Dir, name)
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, path, nil, parser.ParseComments)
			require.NoError(t, err)
			for _, fault := range faults(p.name(), path, fset, f) {
				if p.name() == "cmd/codesign" && strings.Contains(fault, "variable version") {
					continue // set by the linker
				}
				t.Error(fault)
			}
		}
	}
}

func TestEveryPackageIsDocumented(t *testing.T) {
	for _, p := range packages(t) {
		documented := false
		for _, name := range p.GoFiles {
			f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, name), nil, parser.ParseComments|parser.PackageClauseOnly)
			require.NoError(t, err)
			documented = documented || f.Doc != nil
		}
		if !documented {
			t.Errorf("%s has no package comment", p.name())
		}
	}
}

// unit ends the name of every exported physical quantity; counts, which are integers, are free.
var unit = regexp.MustCompile(`(Cycles|PJ|PJPerBit|PJPerByte|NS|S|MM2|UM2|UM2PerBit|MM2PerKiB|MW|GBps|MHz|MJ|KiB|NM|V|Frac|JS|Bits|MA|QueueMean|Error|Tolerance|Factor|MACs|Parameters|Cost|Percent|MilliJ|Logit|Kendall|Spearman|PerCycle)$`)

// TestPhysicalFieldsCarryTheirUnit covers the model packages: exported fields of type float64 must end in a unit.
func TestPhysicalFieldsCarryTheirUnit(t *testing.T) {
	for _, p := range packages(t) {
		if !strings.HasPrefix(p.name(), "accelerators") && !strings.HasPrefix(p.name(), "dram") && !strings.HasPrefix(p.name(), "soc") {
			continue
		}
		if strings.HasSuffix(p.name(), "/golden") {
			continue // columns as the peer prints them
		}
		for _, name := range p.GoFiles {
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, 0)
			require.NoError(t, err)
			ast.Inspect(f, func(n ast.Node) bool {
				s, ok := n.(*ast.StructType)
				if !ok {
					return true
				}
				for _, field := range s.Fields.List {
					if id, ok := field.Type.(*ast.Ident); !ok || id.Name != "float64" {
						continue
					}
					for _, name := range field.Names {
						if name.IsExported() && !unit.MatchString(name.Name) {
							t.Errorf("%s: field %s has no unit in its name", fset.Position(name.Pos()), name.Name)
						}
					}
				}
				return true
			})
		}
	}
}

// TestFaultsBite shows that the source rules refuse what they are there to refuse, and nothing else.
func TestFaultsBite(t *testing.T) {
	list := func(t *testing.T, pkg, source string) []string {
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, "p.go", source, parser.ParseComments)
		require.NoError(t, err)
		return faults(pkg, "p.go", fset, f)
	}
	const random, goes = "package p\nimport \"math/rand/v2\"\n", "package p\nfunc f() { go f() }"
	for _, test := range []struct{ name, pkg, source string }{
		{"init", "env", "package p\nfunc init() {}"},
		{"mutable variable", "env", "package p\nvar table = map[string]int{}"},
		{"old random", "env", "package p\nimport \"math/rand\"\nvar _ = rand.Int"},
		{"printing", "env", "package p\nimport \"fmt\"\nfunc f() { fmt.Println() }"},
		{"global random", "cmd/codesign", random + "func f() int { return rand.IntN(3) }"},
		{"global random as a value", "env", random + "var _ = rand.Float64"},
		{"global random by another name", "env", "package p\nimport r \"math/rand/v2\"\nfunc f() int { return r.IntN(3) }"},
		{"another source", "agents/hill", random + "func f() *rand.Rand { return rand.New(rand.NewChaCha8([32]byte{})) }"},
		{"a domain reads files", "accelerators/dnn", "package p\nimport _ \"os\""},
		{"a domain reads the clock", "dram", "package p\nimport _ \"time\""},
		{"a domain logs", "soc", "package p\nimport _ \"log\""},
		{"a domain logs structures", "accelerators/systolic/golden", "package p\nimport _ \"log/slog\""},
		{"a domain uses the network", "accelerators/tech", "package p\nimport _ \"net/http\""},
		{"a domain starts a goroutine", "accelerators/systolic", goes},
		{"an agent starts a goroutine", "agents/genetic", goes},
		{"an agent reads the clock", "agents/genetic", "package p\nimport _ \"time\""},
		{"an agent reads files", "agents", "package p\nimport _ \"os\""},
	} {
		t.Run(test.name, func(t *testing.T) { require.NotEmpty(t, list(t, test.pkg, test.source)) })
	}
	for _, test := range []struct{ name, pkg, source string }{
		{"a sentinel error", "env", "package p\nimport \"errors\"\nvar ErrX = errors.New(\"x\")\nvar _ = ErrX"},
		{"types and PCG", "agents/hill", random + "func f(r *rand.Rand, s rand.Source) int { return rand.New(rand.NewPCG(1, 2)).IntN(3) }"},
		{"a generator named rand", "agents/hill", "package p\nimport r \"math/rand/v2\"\nfunc f(rand *r.Rand) int { return rand.IntN(3) }"},
		{"a wrapper starts a goroutine and reads the clock", "simulators/wrap", "package p\nimport _ \"time\"\nfunc f() { go f() }"},
		{"an experiment reads files", "experiments/sweep", "package p\nimport _ \"os\""},
		{"a domain's other imports", "accelerators/dnn", "package p\nimport _ \"math\"\nimport _ \"errors\""},
	} {
		t.Run(test.name, func(t *testing.T) { require.Empty(t, list(t, test.pkg, test.source)) })
	}
}
