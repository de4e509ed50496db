package nas

import (
	"fmt"
	"strings"
)

// BlockKind says what a Block of a template is. The zero value is no kind.
type BlockKind uint8

// The kinds of blocks. The first group makes layers, the second combines blocks.
const (
	NoBlock          BlockKind = iota
	ConvBlock                  // convolution and normalisation
	DepthwiseBlock             // convolution with a filter a channel, and normalisation
	MobileBlock                // inverted residual: 1×1 to Expand times the channels, depthwise, 1×1 to Filters; added to its input where the shape is kept
	UpconvBlock                // transposed convolution that enlarges by Stride
	PoolBlock                  // windowed reduction
	GlobalPoolBlock            // mean of each channel
	NormBlock                  // normalisation
	DenseBlock                 // fully connected, on the flattened map
	AttentionBlock             // normalisation, self-attention of the pixels with its output projection, added to its input
	FeedForwardBlock           // normalisation, two linear layers on each pixel, the first Expand times as wide, added to its input
	SkipBlock                  // no layer

	SequenceBlock // its blocks one after another
	RepeatBlock   // its blocks Times times
	OptionalBlock // its blocks, or nothing
	ChoiceBlock   // one of its blocks
	ConcatBlock   // its blocks side by side on one input, their outputs concatenated along the channels
	SumBlock      // its blocks side by side on one input, their outputs added
	ResidualBlock // its blocks one after another, added to their input; with Project through a 1×1 convolution

	blockKinds
)

// sizeSet is a set of sizes of a block, by their places in blockSizes; flagSet one of blockFlags.
type (
	sizeSet uint16
	flagSet uint8
)

const (
	hasFilters sizeSet = 1 << iota
	hasKernel
	hasStride
	hasGroups
	hasExpand
	hasHeads
	hasFeatures
	hasTimes
)

const (
	canBare flagSet = 1 << iota
	canValid
	canSqueeze
	canShared
	canProject
)

// form is what a kind of block has.
type form struct {
	name   string
	sizes  sizeSet
	needs  sizeSet // must be stated
	flags  flagSet
	blocks int // least number of blocks inside; 0 = it has none
}

// form describes the kind.
func (k BlockKind) form() form {
	window := hasKernel | hasStride
	switch k {
	case ConvBlock:
		return form{name: "conv", sizes: hasFilters | window | hasGroups, flags: canBare | canValid}
	case DepthwiseBlock:
		return form{name: "depthwise", sizes: window, flags: canBare | canValid}
	case MobileBlock:
		return form{name: "mbconv", sizes: hasFilters | window | hasExpand, flags: canSqueeze}
	case UpconvBlock:
		return form{name: "upconv", sizes: hasFilters | hasStride}
	case PoolBlock:
		return form{name: "pool", sizes: window, flags: canValid}
	case GlobalPoolBlock:
		return form{name: "global_pool"}
	case NormBlock:
		return form{name: "norm"}
	case DenseBlock:
		return form{name: "dense", sizes: hasFeatures, needs: hasFeatures}
	case AttentionBlock:
		return form{name: "attention", sizes: hasHeads, needs: hasHeads}
	case FeedForwardBlock:
		return form{name: "feed_forward", sizes: hasExpand}
	case SkipBlock:
		return form{name: "skip"}
	case SequenceBlock:
		return form{name: "sequence", blocks: 1}
	case RepeatBlock:
		return form{name: "repeat", sizes: hasTimes, needs: hasTimes, flags: canShared, blocks: 1}
	case OptionalBlock:
		return form{name: "optional", blocks: 1}
	case ChoiceBlock:
		return form{name: "choice", blocks: 2}
	case ConcatBlock:
		return form{name: "concat", blocks: 2}
	case SumBlock:
		return form{name: "sum", blocks: 2}
	case ResidualBlock:
		return form{name: "residual", flags: canProject, blocks: 1}
	}
	return form{name: fmt.Sprintf("BlockKind(%d)", uint8(k))}
}

// BlockKinds lists the kinds.
func BlockKinds() (kinds []BlockKind) {
	for k := ConvBlock; k < blockKinds; k++ {
		kinds = append(kinds, k)
	}
	return kinds
}

// String returns the lower-case name.
func (k BlockKind) String() string { return k.form().name }

// MarshalText writes the name; NoBlock and unknown kinds are an error.
func (k BlockKind) MarshalText() ([]byte, error) {
	if k == NoBlock || k >= blockKinds {
		return nil, fmt.Errorf("nas: unknown kind of block %s: known are %s", k, kindNames())
	}
	return []byte(k.String()), nil
}

// UnmarshalText reads a name that MarshalText wrote.
func (k *BlockKind) UnmarshalText(text []byte) error {
	for _, known := range BlockKinds() {
		if known.String() == string(text) {
			*k = known
			return nil
		}
	}
	return fmt.Errorf("unknown kind of block %q: known are %s", text, kindNames())
}

func kindNames() string {
	var names []string
	for _, k := range BlockKinds() {
		names = append(names, k.String())
	}
	return strings.Join(names, ", ")
}

// multiplies tells whether the kind makes layers that multiply; a residual block does where it projects.
func (k BlockKind) multiplies() bool {
	switch k {
	case ConvBlock, DepthwiseBlock, MobileBlock, UpconvBlock, DenseBlock, AttentionBlock, FeedForwardBlock:
		return true
	}
	return false
}
