package regress

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"github.com/codesign-gym/codesign/internal/learn/boost"
)

// Encoded is a model as a file holds it: one of the fields is set.
type Encoded struct {
	Linear   *Linear   `json:"linear,omitempty"`
	Nearest  *Nearest  `json:"nearest,omitempty"`
	Trees    *Trees    `json:"trees,omitempty"`
	Gaussian *Gaussian `json:"gaussian,omitempty"`
	Nets     *Ensemble `json:"nets,omitempty"`
	Tables   *Tables   `json:"tables,omitempty"`
}

// Encode wraps a model that Fit made.
func Encode(m Model) Encoded {
	switch m := m.(type) {
	case *Linear:
		return Encoded{Linear: m}
	case *Nearest:
		return Encoded{Nearest: m}
	case *Trees:
		return Encoded{Trees: m}
	case *Gaussian:
		return Encoded{Gaussian: m}
	case *Ensemble:
		return Encoded{Nets: m}
	case *Tables:
		return Encoded{Tables: m}
	}
	panic(fmt.Sprintf("regress: no form for %T", m))
}

// Model is the model of rows of so many features; of a file that holds something else the error says what is wrong.
func (e Encoded) Model(features int) (Model, error) {
	wrong := func(got int) error {
		if got == features {
			return nil
		}
		return fmt.Errorf("regress: a model of %d features for rows of %d", got, features)
	}
	switch {
	case e.Linear != nil:
		return e.Linear, wrong(len(e.Linear.Weights))
	case e.Nearest != nil:
		err := wrong(e.Nearest.Features)
		if len(e.Nearest.Y) == 0 || len(e.Nearest.X) != len(e.Nearest.Y)*e.Nearest.Features {
			err = errors.Join(err, errors.New("regress: rows and targets do not fit together"))
		}
		return e.Nearest, err
	case e.Trees != nil:
		return e.Trees, errors.Join(wrong(e.Trees.Features), e.Trees.Check())
	case e.Gaussian != nil:
		d := Data{Axes: e.Gaussian.Axes, X: e.Gaussian.X, Y: e.Gaussian.Y}
		if err := errors.Join(wrong(d.Features()), d.check()); err != nil {
			return nil, err
		}
		return e.Gaussian, e.Gaussian.condition()
	case e.Tables != nil:
		return e.Tables, e.Tables.check(features)
	case e.Nets != nil:
		return e.Nets, errors.Join(wrong(e.Nets.Features), e.Nets.check())
	}
	return nil, errors.New("regress: no model")
}

// treesFile is a sum of trees in JSON. Nodes of all trees lie one after the other.
type treesFile struct {
	Loss     boost.Loss `json:"loss"`
	Features int        `json:"features"`
	Base     float64    `json:"base"`
	Nodes    []int      `json:"nodes"`   // of each tree
	Feature  []int32    `json:"feature"` // of each node; -1 = a leaf
	Left     []int32    `json:"left"`    // of each split, within its tree; the right child is the next one
	Split    []float64  `json:"split"`   // of each split: values above it go right
	Value    []float64  `json:"value"`   // of each node
}

// MarshalJSON writes what prediction needs.
func (m *Trees) MarshalJSON() ([]byte, error) {
	f := treesFile{Loss: m.Loss, Features: m.Features, Base: m.Base}
	for _, t := range m.Trees {
		f.Nodes = append(f.Nodes, len(t.Nodes))
		for n, node := range t.Nodes {
			f.Value = append(f.Value, t.Values[n])
			if t.Leaf(n) {
				f.Feature = append(f.Feature, -1)
				continue
			}
			f.Feature, f.Left, f.Split = append(f.Feature, node.Feature), append(f.Left, node.Left), append(f.Split, node.Threshold)
		}
	}
	return json.Marshal(f)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (m *Trees) UnmarshalJSON(text []byte) error {
	var f treesFile
	if err := json.Unmarshal(text, &f); err != nil {
		return err
	}
	m.Model = boost.Model{Loss: f.Loss, Features: f.Features, Base: f.Base}
	short := errors.New("regress: trees: the lists of nodes are too short")
	for _, n := range f.Nodes {
		if n < 1 || n > len(f.Feature) || n > len(f.Value) {
			return short
		}
		t := boost.Tree{Nodes: make([]boost.Node, n), Values: f.Value[:n:n], Gains: make([]float64, n), Weights: make([]float64, n)}
		depths := make([]int, n)
		for i, feature := range f.Feature[:n] {
			if feature < 0 {
				t.Nodes[i], t.Depth = boost.Node{Threshold: math.Inf(1), Left: int32(i)}, max(t.Depth, depths[i])
				continue
			}
			if len(f.Left) == 0 || len(f.Split) == 0 {
				return short
			}
			left := int(f.Left[0])
			if left <= i || left+1 >= n {
				return fmt.Errorf("regress: trees: node %d of %d has the children %d and %d", i, n, left, left+1)
			}
			depths[left], depths[left+1] = depths[i]+1, depths[i]+1
			t.Nodes[i] = boost.Node{Threshold: f.Split[0], Feature: feature, Left: int32(left)}
			f.Left, f.Split = f.Left[1:], f.Split[1:]
		}
		f.Feature, f.Value = f.Feature[n:], f.Value[n:]
		m.Trees = append(m.Trees, t)
	}
	return nil
}
