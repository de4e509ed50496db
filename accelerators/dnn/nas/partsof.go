package nas

import (
	"fmt"
	"strconv"

	"github.com/codesign-gym/codesign/env/space"
)

// Parts implements Partitioned: stem, reductions and classifier, and of each stage each edge of its cells, where that is a convolution.
func (n *NASBench201) Parts() []Part {
	parts := fixedParts("stem", "reduction1", "reduction2", "fc")
	for stage := 1; stage <= cellStages; stage++ {
		for i, e := range CellEdges() {
			p := Part{
				Name: fmt.Sprintf("stage%d_edge_%d_%d", stage, e.From, e.To),
				When: []space.Cond{{Param: n.space.Param(i).Name, In: n.space.Param(i).Labels[Conv1x1 : Conv3x3+1]}},
			}
			for cell := 1; cell <= cellRepeat; cell++ {
				p.Layers = append(p.Layers, fmt.Sprintf("stage%d.cell%d.edge%d_%d", stage, cell, e.From, e.To))
			}
			parts = append(parts, p)
		}
	}
	return parts
}

// Parts implements Partitioned: stem, head and classifier, and each layer that is a block, or the convolution in place of one at the start of a stage.
func (n *NASBenchMacro) Parts() []Part {
	parts, axis := fixedParts("stem", "head", "fc"), 0
	for stage, layers := range macroStages() {
		for i := range layers {
			p := Part{Name: fmt.Sprintf("stage%d_layer%d", stage+1, i+1), Layers: []string{fmt.Sprintf("stage%d.layer%d", stage+1, i+1)}}
			if param := n.space.Param(axis); i > 0 {
				p.When = []space.Cond{{Param: param.Name, In: param.Labels[1:]}}
			}
			parts = append(parts, p)
			axis++
		}
	}
	return parts
}

// Parts implements Partitioned: the layers around the stages, and each block of each stage.
func (n *OFAMobileNet) Parts() []Part {
	parts := fixedParts("stem", "first", "head", "mix", "fc")
	for stage := range OFAStages {
		for i := range OFABlocks {
			parts = append(parts, Part{
				Name: fmt.Sprintf("stage%d_block%d", stage+1, i+1), Layers: []string{fmt.Sprintf("stage%d.block%d", stage+1, i+1)},
				When: n.space.Param(blockAxis(stage, i)).When,
			})
		}
	}
	return parts
}

// Parts implements Partitioned: the stem, each block, and the classifier.
func (r *ResNet9) Parts() []Part {
	parts := fixedParts("stem", "classes")
	for block := 1; block <= r.most; block++ {
		p := Part{Name: "block" + strconv.Itoa(block), Layers: []string{"block" + strconv.Itoa(block)}}
		if block > r.least {
			p.When = []space.Cond{{Param: "blocks", In: numbersFrom(block, r.most)}}
		}
		parts = append(parts, p)
	}
	return parts
}

// Parts implements Partitioned: both paths of each level, and the classifier.
func (u *UNet) Parts() []Part {
	parts := fixedParts("classes")
	for level := 1; level <= unetLevels; level++ {
		p := Part{Name: fmt.Sprintf("level%d", level), Layers: []string{fmt.Sprintf("down%d", level), fmt.Sprintf("up%d", level)}}
		if level > 1 {
			p.When = []space.Cond{{Param: "height", In: numbersFrom(level, unetLevels)}}
		}
		parts = append(parts, p)
	}
	return parts
}

// fixedParts are parts of one name that every network has.
func fixedParts(names ...string) (parts []Part) {
	for _, name := range names {
		parts = append(parts, Part{Name: name, Layers: []string{name}})
	}
	return parts
}
