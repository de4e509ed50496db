package nas_test

import (
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/env/space"
)

// A space of one's own: a stem, one to three blocks of either kind, and a classifier, with 4 or 8 bits for the weights of each.
func ExampleNewTemplate() {
	networks, err := nas.NewTemplate(nas.Template{
		Name: "tiny", Input: dnn.Shape{Height: 32, Width: 32, Channels: 3},
		Blocks: []nas.Block{
			{Kind: nas.ConvBlock, Name: "stem", Filters: nas.Of(16, 32), Stride: nas.Of(2)},
			{Kind: nas.RepeatBlock, Name: "body", Times: nas.Of(1, 2, 3), Blocks: []nas.Block{
				{Kind: nas.ChoiceBlock, Name: "op", Blocks: []nas.Block{
					{Kind: nas.ConvBlock, Name: "plain", Kernel: nas.Of(3, 5)},
					{Kind: nas.MobileBlock, Name: "mobile", Expand: nas.Of(3, 6)},
				}},
			}},
			{Kind: nas.GlobalPoolBlock}, {Kind: nas.DenseBlock, Name: "classes", Features: nas.Of(10)},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	quantised, err := nas.WithBits(networks, nas.BitChoices{Weights: []int{4, 8}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("networks", networks.Space().Size(), "with widths", quantised.Space().Size())
	p, err := quantised.Space().Point(space.Design{
		"stem_filters": 16, "body_times": 1, "body_1_op": "mobile", "body_1_op_mobile_expand": 3,
		"stem_weight_bits": 8, "body_1_op_mobile_weight_bits": 4, "classes_weight_bits": 8,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	n, err := quantised.Decode(p)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, l := range n.Layers {
		if l.MACs() > 0 {
			fmt.Println(l.Name, l.Output(), l.Bits.Weight, "bits")
		}
	}
	// Output:
	// networks 168 with widths 4672
	// stem.conv 16×16×16 8 bits
	// body.1.op.mobile.expand.conv 16×16×48 4 bits
	// body.1.op.mobile.depthwise.conv 16×16×48 4 bits
	// body.1.op.mobile.project.conv 16×16×16 4 bits
	// classes 1×1×10 8 bits
}
