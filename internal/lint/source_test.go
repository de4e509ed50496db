package lint

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// oldRandom is the one file that may use the old math/rand: the adapter to weightedrand, which knows no other.
const oldRandom = "weighted.go"

// faults lists what a source file contains against the rules.
func faults(name string, fset *token.FileSet, f *ast.File) []string {
	var list []string
	bad := func(at token.Pos, format string, args ...any) {
		list = append(list, fmt.Sprintf("%s: %s", fset.Position(at), fmt.Sprintf(format, args...)))
	}
	for _, imported := range f.Imports {
		if path, _ := strconv.Unquote(imported.Path.Value); path == "math/rand" && filepath.Base(name) != oldRandom {
			bad(imported.Pos(), "the old math/rand: use math/rand/v2 through env/seed")
		}
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
			for _, fault := range faults(path, fset, f) {
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
var unit = regexp.MustCompile(`(Cycles|PJ|PJPerBit|PJPerByte|NS|S|MM2|UM2|UM2PerBit|MM2PerKiB|MW|GBps|MHz|KiB|NM|V|Frac|JS|Bits|Error|Tolerance|Factor|MACs|Parameters)$`)

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

// TestFaultsBite shows that the source rules refuse what they are there to refuse.
func TestFaultsBite(t *testing.T) {
	for name, source := range map[string]string{
		"init":             "package p\nfunc init() {}",
		"mutable variable": "package p\nvar table = map[string]int{}",
		"old random":       "package p\nimport \"math/rand\"\nvar _ = rand.Int",
		"printing":         "package p\nimport \"fmt\"\nfunc f() { fmt.Println() }",
	} {
		t.Run(name, func(t *testing.T) {
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, "p.go", source, parser.ParseComments)
			require.NoError(t, err)
			require.NotEmpty(t, faults("p.go", fset, f))
		})
	}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", "package p\nimport \"errors\"\nvar ErrX = errors.New(\"x\")\nvar _ = ErrX", parser.ParseComments)
	require.NoError(t, err)
	require.Empty(t, faults("p.go", fset, f))
}
