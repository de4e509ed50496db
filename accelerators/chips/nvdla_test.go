package chips_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/accelerators/chips"
	"github.com/codesign-gym/codesign/accelerators/dnn"
)

func conv(size, channels, filters, kernel, stride int) chips.Pass {
	out := (size + stride - 1) / stride // with a border
	return chips.Pass{
		InHeight: size, InWidth: size, InChannels: channels, Filters: filters, KernelHeight: kernel, KernelWidth: kernel, Stride: stride,
		OutHeight: out, OutWidth: out, LastHeight: out, LastWidth: out, Groups: 1,
	}
}

func TestNVDLAPassByHand(t *testing.T) {
	pooled, residual, grouped := conv(8, 16, 32, 3, 1), conv(8, 16, 32, 3, 1), conv(8, 16, 32, 3, 1)
	pooled.LastHeight, pooled.LastWidth = 4, 4
	residual.Residuals = 1
	grouped.Groups = 3
	for _, test := range []struct {
		name      string
		bufferKiB int
		pass      chips.Pass
		want      chips.NVDLARun
	}{
		// input 16·8·8 = 1024, a filter 16·9·16/9 = 256, weights 8192, output 8·8·32 = 2048 bytes; 11,264/1.024 = 11,000 cycles
		// products 64·16·32·9/2.25 = 131,072; of 128 filters in lanes 524,288 on 64 units
		{"fits", 128, conv(8, 16, 32, 3, 1), chips.NVDLARun{MACCycles: 8192, DRAMCycles: 11_000, Cycles: 11_000, DRAMBytes: 11_264, Products: 131_072}},
		// 1 KiB: 32 filters have 8192 bytes, so half the buffer for the inputs: two parts, weights twice; 19,456 bytes
		{"in two parts", 1, conv(8, 16, 32, 3, 1), chips.NVDLARun{MACCycles: 8192, DRAMCycles: 19_000, Cycles: 19_000, DRAMBytes: 19_456, Products: 131_072}},
		// 4·4·32 = 512 bytes out: 9728
		{"pooled", 128, pooled, chips.NVDLARun{MACCycles: 8192, DRAMCycles: 9500, Cycles: 9500, DRAMBytes: 9728, Products: 131_072}},
		// another 2048 bytes in: 13,312
		{"residual", 128, residual, chips.NVDLARun{MACCycles: 8192, DRAMCycles: 13_000, Cycles: 13_000, DRAMBytes: 13_312, Products: 131_072}},
		{"grouped", 128, grouped, chips.NVDLARun{MACCycles: 24_576, DRAMCycles: 33_000, Cycles: 33_000, DRAMBytes: 33_792, Products: 393_216}},
		// 2×2 positions are 4·16 = 64 channels of 4×4: input 1024, weights 64·16 = 1024, output 4·4·16 = 256 bytes: 2304/1.024 = 2250
		// products 16·16·16 = 4096; lanes 16·16·128/64 = 512
		{"stride", 128, conv(8, 16, 16, 1, 2), chips.NVDLARun{MACCycles: 512, DRAMCycles: 2250, Cycles: 2250, DRAMBytes: 2304, Products: 4096}},
		// weights stay: 16 filters of 64·25 = 25,600 bytes; the 5 rows 64·5·32 = 10,240 of 32·32·64 = 65,536 inputs have half of 16,384: four parts
		// 25,600 + 4·65,536 + 32·32·16 = 304,128 bytes = 297,000 cycles; products 1024·16·64·25, in lanes 1024·128·64·25/64
		{"weights in parts", 16, conv(32, 64, 16, 5, 1),
			chips.NVDLARun{MACCycles: 3_276_800, DRAMCycles: 297_000, Cycles: 3_276_800, DRAMBytes: 304_128, Products: 26_214_400}},
	} {
		t.Run(test.name, func(t *testing.T) {
			n := chips.NVDLA{MACs: 64, BufferKiB: test.bufferKiB, DRAMBandwidthGBps: 1, ClockMHz: 1000}
			require.NoError(t, n.Check())
			require.Equal(t, test.want, n.RunPass(test.pass))
		})
	}
}

func TestNVDLAErrors(t *testing.T) {
	for name, n := range map[string]chips.NVDLA{
		"MACs 0 out of range":                     {BufferKiB: 1, DRAMBandwidthGBps: 1, ClockMHz: 1},
		"BufferKiB -2 out of range":               {MACs: 1, BufferKiB: -2, DRAMBandwidthGBps: 1, ClockMHz: 1},
		"DRAMBandwidthGBps 0: want a positive":    {MACs: 1, BufferKiB: 1, ClockMHz: 1},
		"DRAMBandwidthGBps NaN: want a positive":  {MACs: 1, BufferKiB: 1, DRAMBandwidthGBps: math.NaN(), ClockMHz: 1},
		"DRAMBandwidthGBps +Inf: want a positive": {MACs: 1, BufferKiB: 1, DRAMBandwidthGBps: math.Inf(1), ClockMHz: 1},
		"ClockMHz 0 out of range":                 {MACs: 1, BufferKiB: 1, DRAMBandwidthGBps: 1},
	} {
		require.ErrorContains(t, n.Check(), name)
	}
}

// More units, a larger buffer, more bandwidth are never slower, and nothing is faster than the units or the compulsory traffic allow.
func TestNVDLAMoreIsNeverSlower(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size, kernel := rapid.IntRange(7, 64).Draw(t, "size"), rapid.SampledFrom([]int{1, 3, 5, 7}).Draw(t, "kernel")
		p := conv(size, rapid.IntRange(1, 300).Draw(t, "channels"), rapid.IntRange(1, 300).Draw(t, "filters"), kernel, rapid.IntRange(1, 2).Draw(t, "stride"))
		n := chips.NVDLA{
			MACs: rapid.IntRange(8, 2048).Draw(t, "macs"), BufferKiB: rapid.IntRange(64, 512).Draw(t, "buffer"),
			DRAMBandwidthGBps: rapid.Float64Range(0.5, 30).Draw(t, "bandwidth"), ClockMHz: 1000,
		}
		r := n.RunPass(p)
		if r.MACCycles*int64(n.MACs) < r.Products {
			t.Fatalf("%d products in %d cycles of %d units", r.Products, r.MACCycles, n.MACs)
		}
		compulsory := int64(p.InHeight*p.InWidth*p.InChannels + p.Filters*p.InChannels*kernel*kernel + p.OutHeight*p.OutWidth*p.Filters)
		if r.DRAMBytes < compulsory {
			t.Fatalf("%d bytes, compulsory are %d", r.DRAMBytes, compulsory)
		}
		for name, better := range map[string]chips.NVDLA{
			"units":     {MACs: 2 * n.MACs, BufferKiB: n.BufferKiB, DRAMBandwidthGBps: n.DRAMBandwidthGBps, ClockMHz: n.ClockMHz},
			"buffer":    {MACs: n.MACs, BufferKiB: 4 * n.BufferKiB, DRAMBandwidthGBps: n.DRAMBandwidthGBps, ClockMHz: n.ClockMHz},
			"bandwidth": {MACs: n.MACs, BufferKiB: n.BufferKiB, DRAMBandwidthGBps: 2 * n.DRAMBandwidthGBps, ClockMHz: n.ClockMHz},
		} {
			if b := better.RunPass(p); b.Cycles > r.Cycles {
				t.Fatalf("more %s: %d cycles instead of %d", name, b.Cycles, r.Cycles)
			}
		}
	})
}

func TestPassesOfResNet50(t *testing.T) {
	passes, err := chips.Passes(dnn.ResNet50V1())
	require.NoError(t, err)
	require.Len(t, passes, 54) // 53 convolutions and the classifier
	var macs int64
	residuals := 0
	for _, p := range passes {
		macs += p.MACs()
		residuals += p.Residuals
	}
	require.Equal(t, dnn.ResNet50V1().Totals().MACs, macs)
	require.Equal(t, 16, residuals) // blocks
	first, last := passes[0], passes[52]
	require.Equal(t, [4]int{112, 112, 56, 56}, [4]int{first.OutHeight, first.OutWidth, first.LastHeight, first.LastWidth})
	require.Equal(t, [4]int{7, 7, 1, 1}, [4]int{last.OutHeight, last.OutWidth, last.LastHeight, last.LastWidth})
	require.Equal(t, 1, last.Residuals)
}

func TestPassesKeepGroups(t *testing.T) {
	passes, err := chips.Passes(dnn.AlexNet())
	require.NoError(t, err)
	require.Len(t, passes, 8)
	require.Equal(t, [3]int{2, 48, 128}, [3]int{passes[1].Groups, passes[1].InChannels, passes[1].Filters})
	var macs int64
	for _, p := range passes {
		macs += p.MACs()
	}
	require.Equal(t, dnn.AlexNet().Totals().MACs, macs)
}

func TestPassesRefuseByName(t *testing.T) {
	bert, err := dnn.Lookup("bert-base")
	require.NoError(t, err)
	_, err = chips.Passes(bert.Build())
	require.ErrorContains(t, err, "repeated layers: want each layer once")

	dilated := dnn.NewBuilder("dilated", dnn.Shape{Height: 9, Width: 9, Channels: 4})
	dilated.Append(dnn.Layer{Name: "atrous", Op: dnn.Conv, Filters: 4, KernelHeight: 3, KernelWidth: 3, DilationHeight: 2, DilationWidth: 2})
	network, err := dilated.Network()
	require.NoError(t, err)
	_, err = chips.Passes(network)
	require.ErrorContains(t, err, `chips: network "dilated": layers[0]: layer "atrous": strides 1 and 1, dilations 2 and 2: want one stride and no dilation`)

	pooling := dnn.NewBuilder("pooling", dnn.Shape{Height: 8, Width: 8, Channels: 4})
	pooling.Pool("first", 2, 2, 0, dnn.NetworkInput)
	network, err = pooling.Network()
	require.NoError(t, err)
	_, err = chips.Passes(network)
	require.ErrorContains(t, err, `layers[0] "first" (pool): a pass starts with a convolution or a product with weights`)

	_, err = chips.Passes(dnn.Network{Name: "none"})
	require.ErrorContains(t, err, `chips: dnn: network "none" has no layers`)
}

func TestPeakActivity(t *testing.T) {
	n := chips.NVDLA{MACs: 32, BufferKiB: 128, DRAMBandwidthGBps: 0.5, ClockMHz: 1000}
	require.Equal(t, chips.Activity{Cycles: 1_000_000, BusyCycles: 1_000_000, MACs: 32_000_000, BufferWords: 4_000_000}, n.PeakActivity())
	require.Equal(t, chips.Chip{Name: "nvdla-32", NodeNM: 16, SupplyV: 0.8, ClockMHz: 1000, PEs: 32, WordBits: 8, Banks: 16, BankKiB: 8}, n.Chip(16, 0.8))
	require.InDelta(t, 128, n.Chip(16, 0.8).BufferKiB(), 1e-12)
}
