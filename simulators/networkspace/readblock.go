package networkspace

import (
	"slices"

	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
)

// blocks reads the blocks of a table.
func (r *reader) blocks(t table) (list []nas.Block) {
	for _, inner := range t.list("block") {
		list = append(list, r.block(inner))
	}
	return list
}

// block reads a block. What its kind does not have is read as well, and is a mistake that nas.NewTemplate reports.
func (r *reader) block(t table) nas.Block {
	b := nas.Block{Name: t.text("name")}
	switch kind, given := t.values["kind"].(string); {
	case given:
		if err := b.Kind.UnmarshalText([]byte(kind)); err != nil {
			t.wrong("kind", "%w", err)
		}
	case t.values["kind"] == nil:
		t.wrong("kind", "kind is missing")
	default:
		t.wrong("kind", "kind = %v is not a string", t.values["kind"])
	}
	t.known(keys(b.Kind))
	for _, size := range []struct {
		key string
		to  *nas.Values
	}{
		{"filters", &b.Filters}, {"kernel", &b.Kernel}, {"stride", &b.Stride}, {"groups", &b.Groups}, {"expand", &b.Expand}, {"heads", &b.Heads},
		{"features", &b.Features}, {"times", &b.Times},
	} {
		*size.to = t.size(size.key)
	}
	for _, flag := range []struct {
		key string
		to  *bool
	}{{"bare", &b.Bare}, {"valid", &b.Valid}, {"squeeze", &b.Squeeze}, {"shared", &b.Shared}, {"project", &b.Project}} {
		*flag.to = t.flag(flag.key)
	}
	b.Blocks = r.blocks(t)
	return b
}

// keys lists those of a kind, of an unknown one those of all.
func keys(k nas.BlockKind) (list []string) {
	if k != nas.NoBlock {
		return k.Keys()
	}
	for _, known := range nas.BlockKinds() {
		for _, key := range known.Keys() {
			if !slices.Contains(list, key) {
				list = append(list, key)
			}
		}
	}
	return list
}
