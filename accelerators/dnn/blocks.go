package dnn

import "fmt"

// checkBlocks checks every block: one producer outside, whose shape the last layer has, and only the last layer read from outside.
func (n Network) checkBlocks() (errs []error) {
	for start := 0; start < len(n.Layers); {
		end := start + 1
		for end < len(n.Layers) && n.Layers[end].Repeats == n.Layers[start].Repeats {
			end++
		}
		if n.Layers[start].Repeats > 1 {
			if err := n.checkBlock(start, end); err != nil {
				errs = append(errs, fmt.Errorf("dnn: network %q: block layers[%d:%d], %d repeats: %w",
					n.Name, start, end, n.Layers[start].Repeats, err))
			}
		}
		start = end
	}
	return errs
}

// checkBlock checks the block of the layers from start up to, not including, end.
func (n Network) checkBlock(start, end int) error {
	const none = -2
	entry := none
	for i := start; i < end; i++ {
		inputs := n.Layers[i].Inputs
		if len(inputs) == 0 && n.Input != (Shape{}) {
			inputs = []int{NetworkInput}
		}
		for _, p := range inputs {
			if p >= start || p == entry {
				continue
			}
			if entry != none {
				return fmt.Errorf("reads both %s and %s from outside: want one producer", n.describe([]int{entry}), n.describe([]int{p}))
			}
			entry = p
		}
	}
	for i := end; i < len(n.Layers); i++ {
		for _, p := range n.Layers[i].Inputs {
			if p >= start && p < end-1 {
				return fmt.Errorf("layers[%d] %q reads %s inside it: want only the last layer", i, n.Layers[i].Name, n.describe([]int{p}))
			}
		}
	}
	if entry == none { // a plain list: the copies read data of their own
		return nil
	}
	in, out := n.output(entry), n.output(end-1)
	if in != out && !(n.reshapes(end-1) || n.reshapes(entry)) || in.Elements() != out.Elements() {
		return fmt.Errorf("ends in %s: want the shape of %s, which it reads", n.describe([]int{end - 1}), n.describe([]int{entry}))
	}
	return nil
}
