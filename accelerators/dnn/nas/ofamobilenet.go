package nas

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/env/space"
)

// The shape of the Once-for-All MobileNetV3 space.
const (
	OFAStages      = 5 // stages of searched blocks
	OFABlocks      = 4 // most blocks of a stage
	OFALeastBlocks = 2

	OFALeastPixels, OFAMostPixels, OFAPixelStep = 112, 224, 16

	ofaDepthDigits, ofaKernelDigits, ofaExpandDigits = "234", "357", "346"
)

// The axes of OFAMobileNet in the order of its space: the resolution, then of each stage its depth, then kernel and expansion of each of its blocks.
const (
	ofaResolution  = 0
	ofaStageAxes   = 1 + 2*OFABlocks
	ofaAxes        = 1 + OFAStages*ofaStageAxes
	ofaDepthOffset = 1 // of a stage's first axis
)

// ofaStage is what the search does not choose of a stage, at width 1.0.
type ofaStage struct {
	width, stride int
	squeeze       bool
}

func ofaStages() [OFAStages]ofaStage {
	return [OFAStages]ofaStage{{24, 2, false}, {40, 2, true}, {80, 2, false}, {112, 1, true}, {160, 2, true}}
}

// OFAMobileNet is the space of the Once-for-All supernet of MobileNetV3, width 1.0, on ImageNet.
type OFAMobileNet struct{ space space.Space }

// NewOFAMobileNet is that space.
func NewOFAMobileNet() (*OFAMobileNet, error) {
	params := []space.Param{{
		Name: "resolution", Unit: "pixels", Doc: "height and width of the image", Group: "network",
		Values: steps(OFALeastPixels, OFAMostPixels, OFAPixelStep),
	}}
	for stage := range OFAStages {
		depth := fmt.Sprintf("stage%d_depth", stage+1)
		params = append(params, space.Param{
			Name: depth, Unit: "blocks", Doc: fmt.Sprintf("blocks of stage %d", stage+1), Group: "network", Values: steps(OFALeastBlocks, OFABlocks, 1),
		})
		for i := range OFABlocks {
			var when []space.Cond
			if i >= OFALeastBlocks {
				cond := space.Cond{Param: depth}
				for blocks := i + 1; blocks <= OFABlocks; blocks++ {
					cond.In = append(cond.In, strconv.Itoa(blocks))
				}
				when = []space.Cond{cond}
			}
			place := fmt.Sprintf("block %d of stage %d", i+1, stage+1)
			params = append(params,
				space.Param{Name: fmt.Sprintf("stage%d_kernel%d", stage+1, i+1), Doc: "depthwise kernel of " + place, Group: "network",
					Values: []float64{3, 5, 7}, When: when},
				space.Param{Name: fmt.Sprintf("stage%d_expand%d", stage+1, i+1), Doc: "expansion of " + place, Group: "network",
					Values: []float64{3, 4, 6}, When: when})
		}
	}
	s, err := space.New(params...)
	if err != nil {
		return nil, err
	}
	return &OFAMobileNet{space: s}, nil
}

// Space implements SearchSpace.
func (n *OFAMobileNet) Space() space.Space { return n.space }

// Canonical implements SearchSpace.
func (n *OFAMobileNet) Canonical(p space.Point) space.Point { return n.space.Canonical(p) }

// Chance implements Named: every network learns.
func (n *OFAMobileNet) Chance(space.Point) (percent float64, ok bool) { return 0, false }

// Resolution is the height and width of the image.
func (n *OFAMobileNet) Resolution(p space.Point) (pixels int) {
	return OFALeastPixels + OFAPixelStep*p[ofaResolution]
}

// Depth is the number of blocks of a stage.
func (n *OFAMobileNet) Depth(p space.Point, stage int) int {
	return OFALeastBlocks + p[stageAxis(stage)]
}

// Block is the level of kernel and expansion of a block of a stage; 0 is the smallest.
func (n *OFAMobileNet) Block(p space.Point, stage, index int) (kernelLevel, expandLevel int) {
	at := blockAxis(stage, index)
	return p[at], p[at+1]
}

// stageAxis is the axis of a stage's depth.
func stageAxis(stage int) int { return 1 + stage*ofaStageAxes }

// blockAxis is the axis of a block's kernel; the next one is its expansion.
func blockAxis(stage, index int) int { return stageAxis(stage) + ofaDepthOffset + 2*index }

// Decode implements SearchSpace.
func (n *OFAMobileNet) Decode(p space.Point) (dnn.Network, error) {
	if err := n.space.Check(p); err != nil {
		return dnn.Network{}, fmt.Errorf("nas: ofa: %w", err)
	}
	pixels := n.Resolution(p)
	b := dnn.NewBuilder("ofa-mobilenet-v3", dnn.Shape{Height: pixels, Width: pixels, Channels: 3})
	x := convNorm(b, "stem", dnn.Filter{Filters: 16, Kernel: 3, Stride: 2, Pad: 1}, dnn.NetworkInput)
	x = mobileBlock(b, "first", block{expand: 1, kernel: 3, width: 16, stride: 1}, x)
	for stage, s := range ofaStages() {
		for i := range n.Depth(p, stage) {
			stride := 1
			if i == 0 {
				stride = s.stride
			}
			kernel, expand := n.Block(p, stage, i)
			x = mobileBlock(b, fmt.Sprintf("stage%d.block%d", stage+1, i+1), block{
				expand: int(ofaExpandDigits[expand] - '0'), kernel: int(ofaKernelDigits[kernel] - '0'), width: s.width, stride: stride, squeeze: s.squeeze,
			}, x)
		}
	}
	x = convNorm(b, "head", dnn.Filter{Filters: 960, Kernel: 1}, x)
	x = b.GlobalPool("avgpool", x)
	x = b.Conv("mix", dnn.Filter{Filters: 1280, Kernel: 1}, x)
	b.Dense("fc", ImageNet().Classes, x)
	return b.Network()
}

// Columns implements Named: depths, kernels, expansions and resolution, as the published search runs write them.
func (n *OFAMobileNet) Columns() []string { return []string{"d", "ks", "e", "r"} }

// Text implements Named. Blocks beyond a stage's depth have the least kernel and expansion.
func (n *OFAMobileNet) Text(p space.Point) []string {
	var depths, kernels, expands []byte
	for stage := range OFAStages {
		depths = append(depths, ofaDepthDigits[p[stageAxis(stage)]])
		for i := range OFABlocks {
			kernel, expand := n.Block(p, stage, i)
			kernels, expands = append(kernels, ofaKernelDigits[kernel]), append(expands, ofaExpandDigits[expand])
		}
	}
	return []string{string(depths), string(kernels), string(expands), strconv.Itoa(n.Resolution(p))}
}

// Parse implements Named; what is written of blocks beyond a stage's depth is read and dropped.
func (n *OFAMobileNet) Parse(fields ...string) (space.Point, error) {
	if len(fields) != len(n.Columns()) {
		return nil, fmt.Errorf("nas: ofa: %d fields: want %d: depths, kernels, expansions, resolution", len(fields), len(n.Columns()))
	}
	depths, errDepths := parseDigits("ofa depths", fields[0], ofaDepthDigits, OFAStages)
	kernels, errKernels := parseDigits("ofa kernels", fields[1], ofaKernelDigits, OFAStages*OFABlocks)
	expands, errExpands := parseDigits("ofa expansions", fields[2], ofaExpandDigits, OFAStages*OFABlocks)
	pixels, errPixels := strconv.Atoi(fields[3])
	if errPixels != nil || pixels < OFALeastPixels || pixels > OFAMostPixels || pixels%OFAPixelStep != 0 {
		errPixels = fmt.Errorf("nas: ofa resolution %q: want a multiple of %d in [%d, %d]", fields[3], OFAPixelStep, OFALeastPixels, OFAMostPixels)
	}
	if err := errors.Join(errDepths, errKernels, errExpands, errPixels); err != nil {
		return nil, err
	}
	p := make(space.Point, ofaAxes)
	p[ofaResolution] = (pixels - OFALeastPixels) / OFAPixelStep
	for stage := range OFAStages {
		p[stageAxis(stage)] = depths[stage]
		for i := range OFALeastBlocks + depths[stage] {
			at := blockAxis(stage, i)
			p[at], p[at+1] = kernels[stage*OFABlocks+i], expands[stage*OFABlocks+i]
		}
	}
	return p, nil
}

// steps lists least, least+step, … most.
func steps(least, most, step int) (values []float64) {
	for v := least; v <= most; v += step {
		values = append(values, float64(v))
	}
	return values
}
