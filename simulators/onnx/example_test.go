package onnx_test

import (
	"fmt"
	"testing"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/simulators/onnx"
)

// A graph whose input has a symbolic length; the weights are in another file that nobody needs.
func ExampleRead() {
	var g graph
	g.input("tokens", "batch", "length", 64)
	g.node("MatMul", "wide", []string{"tokens", g.weights("w1", 64, 256)})
	g.node("Gelu", "gelu", []string{"wide"})
	g.node("MatMul", "narrow", []string{"gelu", g.weights("w2", 256, 64)})
	g.node("Add", "residual", []string{"narrow", "tokens"})

	n, err := onnx.Read("ffn.onnx", g.model(), onnx.Options{Dims: map[string]int{"length": 100}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, l := range n.Layers {
		fmt.Printf("%s %v: %v, %d MACs\n", l.Name, l.Op, l.Output(), l.MACs())
	}
	// Output:
	// wide gemm: 100×1×256, 1638400 MACs
	// narrow gemm: 100×1×64, 1638400 MACs
	// residual elementwise: 100×1×64, 0 MACs
}

func BenchmarkRead(b *testing.B) {
	file := export(dnn.EfficientNetB0())
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := onnx.Read("m.onnx", file, onnx.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
