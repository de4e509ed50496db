package dnn_test

import (
	"fmt"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// A published network: its totals and what its weights take in 8-bit words.
func Example() {
	entry, err := dnn.Lookup("resnet50")
	if err != nil {
		panic(err)
	}
	totals := entry.Build().Totals()
	fmt.Println(entry.Doc)
	fmt.Printf("%d layers, %d MACs, %d parameters, %d bytes\n",
		totals.Layers, totals.MACs, totals.Parameters, dnn.Bytes(totals.Parameters, 8))
	// Output:
	// ResNet-50 v1.5 (stride in the 3×3 convolution), 224×224 ImageNet
	// 125 layers, 4089184256 MACs, 25557032 parameters, 25557032 bytes
}

// A network of one's own: input shapes follow from the producers.
func ExampleBuilder() {
	b := dnn.NewBuilder("lenet", dnn.Shape{Height: 32, Width: 32, Channels: 1})
	x := b.Conv("c1", dnn.Filter{Filters: 6, Kernel: 5, Bias: true}, dnn.NetworkInput)
	x = b.Pool("s2", 2, 2, 0, x)
	x = b.Conv("c3", dnn.Filter{Filters: 16, Kernel: 5, Bias: true}, x)
	x = b.Pool("s4", 2, 2, 0, x)
	b.Dense("f5", 120, x)
	n, err := b.Network()
	if err != nil {
		panic(err)
	}
	for _, l := range n.Layers {
		fmt.Printf("%s %v: %v, %d MACs\n", l.Name, l.Op, l.Output(), l.MACs())
	}
	// Output:
	// c1 conv: 28×28×6, 117600 MACs
	// s2 pool: 14×14×6, 0 MACs
	// c3 conv: 10×10×16, 240000 MACs
	// s4 pool: 5×5×16, 0 MACs
	// f5 gemm: 1×1×120, 48000 MACs
}

// A mistake names its file, line, layer and the valid range.
func ExampleReadTopology() {
	const file = "Layer, M, N, K,\nscores, 128, 128, 64,\ncontext, 128, 0, 128,\n"
	_, err := dnn.ReadTopology("attention.csv", strings.NewReader(file), dnn.TopologyOptions{})
	fmt.Println(err)
	// Output:
	// dnn: attention.csv:3: layer "context": n "0": want a whole number in [1, 268435456]
}

// A decoder of one's own: what one more token costs, and how much of its input is the cache of keys and values.
func ExampleDecoder() {
	d := dnn.Decoder{Name: "small", Layers: 4, Hidden: 256, Heads: 8, KeyHeads: 2, Vocabulary: 8000, MaxTokens: 4096}
	n, err := d.Decode(2048)
	if err != nil {
		panic(err)
	}
	cached := int64(0)
	for _, l := range n.Layers {
		cached += l.Copies() * int64(l.Cached)
	}
	fmt.Printf("%d MACs, %d cached elements\n", n.Totals().MACs, cached)
	// Output:
	// 8994816 MACs, 1048064 cached elements
}
