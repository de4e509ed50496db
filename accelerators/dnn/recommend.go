package dnn

import "fmt"

// NCF returns the neural matrix factorisation of He et al. (2017) at the sizes that MLPerf trains on MovieLens-20M: 138,493 users, 26,744 items, 64 factors,
// and a perceptron 256-256-128-64. The sample is a pair of indices; the two tables of users, and those of items, are one each, as wide as both.
func NCF() Network {
	const users, items, factors, half = 138_493, 26_744, 64, 128
	b := NewBuilder("ncf", Shape{1, 1, 2})
	user := b.Embed("user", users, factors+half, b.Pick("user_index", Shape{1, 1, 1}, 0, NetworkInput))
	item := b.Embed("item", items, factors+half, b.Pick("item_index", Shape{1, 1, 1}, 0, NetworkInput))
	product := b.Append(Layer{
		Name: "product", Op: Elementwise, Operands: 2,
		Inputs: []int{b.Pick("user_factors", Shape{1, 1, factors}, 0, user), b.Pick("item_factors", Shape{1, 1, factors}, 0, item)},
	})
	x := b.Pick("pair", Shape{1, 1, 2 * half}, 0, user, item)
	for i, width := range []int{256, 128, 64} {
		x = b.Dense(fmt.Sprintf("mlp%d", i+1), width, x)
	}
	b.Append(Layer{Name: "predict", Op: GEMM, Inputs: []int{product, x}, M: 1, N: 1, K: 2 * factors, Weights: true, Bias: true})
	return published(b)
}

// Recommender is the shape of a deep learning recommendation model: dense features through a bottom perceptron, one row of a table for each sparse
// feature, the dot products of all pairs of them, and a top perceptron that ends in one score.
type Recommender struct {
	Name   string
	Dense  int   // dense features
	Bottom []int // widths of the bottom perceptron; the last one is the width of a row
	Top    []int // widths of the top perceptron
	Tables []int // rows of each table
}

// CriteoKaggle is the model of Naumov et al. (2019) for the Criteo Kaggle data set, as the authors' benchmark script states it.
func CriteoKaggle() Recommender {
	return Recommender{
		Name: "dlrm", Dense: 13, Bottom: []int{512, 256, 64, 16}, Top: []int{512, 256, 1},
		Tables: []int{
			1460, 583, 10_131_227, 2_202_608, 305, 24, 12_517, 633, 3, 93_145, 5683, 8_351_593, 3194,
			27, 14_992, 5_461_306, 10, 5652, 2173, 4, 7_046_547, 18, 15, 286_181, 105, 142_572,
		},
	}
}

// Network returns the network for one sample: the dense features and one index a table. The tables stand below each other as one.
func (r Recommender) Network() (Network, error) {
	if r.Dense < 1 || len(r.Bottom) == 0 || len(r.Top) == 0 || len(r.Tables) == 0 {
		return Network{}, fmt.Errorf("dnn: %s: %d dense features, %d bottom layers, %d top layers, %d tables: want at least one each",
			r.Name, r.Dense, len(r.Bottom), len(r.Top), len(r.Tables))
	}
	rows := 0
	for i, n := range r.Tables {
		if rows += n; n < 1 || rows > MaxDimension {
			return Network{}, fmt.Errorf("dnn: %s: table %d has %d rows, those up to it %d: want at least 1 and at most %d in all", r.Name, i, n, rows, MaxDimension)
		}
	}
	b := NewBuilder(r.Name, Shape{1, 1, r.Dense + len(r.Tables)})
	x := b.Pick("dense_features", Shape{1, 1, r.Dense}, 0, NetworkInput)
	for i, width := range r.Bottom {
		x = b.Dense(fmt.Sprintf("bottom%d", i+1), width, x)
	}
	width := r.Bottom[len(r.Bottom)-1]
	sparse := b.Embed("tables", rows, width, b.Pick("indices", Shape{1, 1, len(r.Tables)}, 0, NetworkInput))
	vectors := len(r.Tables) + 1
	all := b.Pick("vectors", Shape{vectors, 1, width}, 0, x, sparse)
	products := b.Product("pairs", 1, vectors, vectors, width, all, all)
	pairs := vectors * (vectors - 1) / 2
	y := b.Pick("top_features", Shape{1, 1, width + pairs}, 0, x, products) // the products of different vectors, once each
	for i, width := range r.Top {
		y = b.Dense(fmt.Sprintf("top%d", i+1), width, y)
	}
	return b.Network()
}

// DLRM returns CriteoKaggle's network.
func DLRM() Network { return must(CriteoKaggle().Network()) }
