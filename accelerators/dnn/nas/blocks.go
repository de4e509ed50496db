package nas

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// Template is a space of networks written down as blocks: what follows what, and what may be chosen where.
type Template struct {
	Name   string
	Input  dnn.Shape
	Shared []SharedValues // choices that several blocks make together
	Blocks []Block        // one after another
}

// SharedValues is a choice that blocks refer to by its name: one axis.
type SharedValues struct {
	Name string
	Of   []int
}

// Block is a part of a template. What its kind does not use stays zero; what is left out has the default stated.
type Block struct {
	Kind BlockKind
	Name string // of layers and axes: lower-case letters, digits and underscores, a letter first; default the kind with a number: conv1

	Filters  Values // output channels; default as many as the input has
	Kernel   Values // height and width of the window; default 3, of a pool 2
	Stride   Values // default 1, of a pool and an upconv 2
	Groups   Values // default 1
	Expand   Values // default 6, of a feed-forward 4
	Heads    Values // divide the channels
	Features Values
	Times    Values // may be 0

	Bare    bool // biases instead of a normalisation
	Valid   bool // no padding; otherwise (kernel − 1)/2 on each side, rounded down
	Squeeze bool // squeeze-and-excitation to a quarter
	Shared  bool // of a repeat: all repetitions choose alike; otherwise each for itself
	Project bool // of a residual: a 1×1 convolution and a normalisation on the way around the blocks, where the shape changes

	Blocks []Block
}

// Values are what a size may be: one value, several that an axis chooses from, or a shared choice. The zero value is the default.
type Values struct {
	Of  []int  // ascending
	Ref string // the name of one of Template.Shared
}

// Of makes values.
func Of(values ...int) Values { return Values{Of: values} }

// Ref refers to a shared choice.
func Ref(name string) Values { return Values{Ref: name} }

func (v Values) stated() bool { return len(v.Of) > 0 || v.Ref != "" }

// TemplateError is a mistake in a template.
type TemplateError struct {
	Path []any // where: the keys (strings) and indices (ints) of the block and of what is wrong in it, as a TOML file has them
	Err  error
}

// Error is what is wrong; it names the block.
func (e *TemplateError) Error() string { return e.Err.Error() }

// Unwrap is what is wrong.
func (e *TemplateError) Unwrap() error { return e.Err }

// blockSize is a size of a block.
type blockSize struct {
	name      string
	values    *Values
	low, high int
}

// The places of the sizes in blockSizes, in the order of the set.
const (
	filtersSize = iota
	kernelSize
	strideSize
	groupsSize
	expandSize
	headsSize
	featuresSize
	timesSize
	numSizes
)

// maxBlockSize bounds every size of a block but repetitions, of which there are at most maxTimes.
const (
	maxBlockSize = 1 << 20
	maxTimes     = 64
)

// sizes lists the sizes of a block.
func (b *Block) sizes() [numSizes]blockSize {
	return [numSizes]blockSize{
		{"filters", &b.Filters, 1, maxBlockSize}, {"kernel", &b.Kernel, 1, maxBlockSize}, {"stride", &b.Stride, 1, maxBlockSize}, {"groups", &b.Groups, 1, maxBlockSize},
		{"expand", &b.Expand, 1, maxBlockSize}, {"heads", &b.Heads, 1, maxBlockSize}, {"features", &b.Features, 1, maxBlockSize}, {"times", &b.Times, 0, maxTimes},
	}
}

// flags lists the flags of a block, in the order of the set.
func (b *Block) flags() []struct {
	name string
	set  *bool
} {
	return []struct {
		name string
		set  *bool
	}{{"bare", &b.Bare}, {"valid", &b.Valid}, {"squeeze", &b.Squeeze}, {"shared", &b.Shared}, {"project", &b.Project}}
}

// fallback is the value of a size that is left out; filters of 0 are as many as the input has.
func (k BlockKind) fallback(size int) int {
	switch {
	case size == filtersSize:
		return 0
	case size == kernelSize && k == PoolBlock:
		return 2
	case size == kernelSize:
		return 3
	case size == strideSize && (k == PoolBlock || k == UpconvBlock):
		return 2
	case size == expandSize && k == FeedForwardBlock:
		return 4
	case size == expandSize:
		return 6
	}
	return 1
}

// Keys lists what a block of the kind may state, by the names that files use.
func (k BlockKind) Keys() []string {
	var b Block
	keys, f := []string{"kind", "name"}, k.form()
	for i, s := range b.sizes() {
		if f.sizes>>i&1 != 0 {
			keys = append(keys, s.name)
		}
	}
	for i, flag := range b.flags() {
		if f.flags>>i&1 != 0 {
			keys = append(keys, flag.name)
		}
	}
	if f.blocks > 0 {
		keys = append(keys, "block")
	}
	return keys
}

// check reports what is wrong with a block by itself.
func (b *Block) check(shared []SharedValues) (errs []error) {
	at := func(key string, err error) {
		errs = append(errs, &TemplateError{Path: []any{key}, Err: err})
	}
	if b.Kind == NoBlock || b.Kind >= blockKinds {
		return []error{&TemplateError{Err: fmt.Errorf("no kind: want one of %s", kindNames())}}
	}
	f := b.Kind.form()
	for i, s := range b.sizes() {
		switch has := f.sizes>>i&1 != 0; {
		case s.values.stated() && !has:
			at(s.name, fmt.Errorf("%s is not for a block of kind %s, which has %s", s.name, b.Kind, strings.Join(b.Kind.Keys(), ", ")))
		case s.values.stated():
			list, err := s.values.list(shared)
			if err == nil {
				err = checkValues(s, list)
			}
			if err == nil && i == kernelSize && !b.Valid && b.Kind != PoolBlock && slices.ContainsFunc(list, func(k int) bool { return k%2 == 0 }) {
				err = fmt.Errorf("kernel %v has an even size, which cannot lie in the middle of its padding: want odd ones, or valid = true", list)
			}
			if err != nil {
				at(s.name, err)
			}
		case f.needs>>i&1 != 0:
			at(s.name, fmt.Errorf("%s is missing", s.name))
		}
	}
	for i, flag := range b.flags() {
		if *flag.set && f.flags>>i&1 == 0 {
			at(flag.name, fmt.Errorf("%s is not for a block of kind %s, which has %s", flag.name, b.Kind, strings.Join(b.Kind.Keys(), ", ")))
		}
	}
	switch {
	case f.blocks == 0 && len(b.Blocks) > 0:
		at("block", fmt.Errorf("a block of kind %s has no blocks inside", b.Kind))
	case len(b.Blocks) < f.blocks:
		errs = append(errs, &TemplateError{Err: fmt.Errorf("%d blocks inside: a %s needs %d or more", len(b.Blocks), b.Kind, f.blocks)})
	}
	return errs
}

// list resolves values.
func (v Values) list(shared []SharedValues) ([]int, error) {
	if v.Ref == "" {
		return v.Of, nil
	}
	if len(v.Of) > 0 {
		return nil, errors.New("values and the name of a shared choice: want one of the two")
	}
	for _, s := range shared {
		if s.Name == v.Ref {
			return s.Of, nil
		}
	}
	var known []string
	for _, s := range shared {
		known = append(known, s.Name)
	}
	return nil, fmt.Errorf("unknown shared choice %q (known: %s)", v.Ref, strings.Join(known, ", "))
}

// checkValues reports values that are out of range or do not ascend.
func checkValues(s blockSize, list []int) error {
	for i, v := range list {
		switch {
		case v < s.low || v > s.high:
			return fmt.Errorf("%s %d out of range [%d, %d]", s.name, v, s.low, s.high)
		case i > 0 && v <= list[i-1]:
			return fmt.Errorf("%s %v do not ascend", s.name, list)
		}
	}
	return nil
}

// isName tells whether a text can name a block.
func isName(text string) bool {
	for i := range len(text) {
		if c := text[i]; !('a' <= c && c <= 'z' || i > 0 && ('0' <= c && c <= '9' || c == '_')) {
			return false
		}
	}
	return text != "" && len(text) <= maxNameBytes
}

// maxNameBytes bounds the name of a block.
const maxNameBytes = 64
