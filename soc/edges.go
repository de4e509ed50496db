package soc

// edgeDetection finds edges in images of 6.5 MB: the zero crossings of the Laplacian, without those of a small gradient.
func edgeDetection() Workload {
	return Workload{
		Name: "edge_detection", Last: "rejectZeroCrossings", LatencyBudgetS: 0.034, Budget: publishedBudget(),
		Tasks: []Task{
			{Name: "souurce"},
			accelerated("gaussianSmoothing", 1617100800, 1638400, 331284480, 233984, 137341),
			accelerated("laplacianEstimate", 421068800, 1638400, 198574080, 224815, 122700),
			accelerated("computeZeroCrossings", 437452800, 1638400, 198574080, 218329, 118826),
			accelerated("computeGradient", 427622400, 1638400, 189071360, 447176, 241114),
			accelerated("computeMaxGradientLeaf", 14749184, 256, 3301888, 9859, 7148),
			accelerated("rejectZeroCrossings", 376832000, 1638400, 177602560, 17818, 9669),
			{Name: "siink"},
		},
		Edges: []Edge{
			{"souurce", "gaussianSmoothing", 13107396},
			{"gaussianSmoothing", "laplacianEstimate", 6553600},
			{"gaussianSmoothing", "computeGradient", 6553600},
			{"laplacianEstimate", "computeZeroCrossings", 6553600},
			{"computeZeroCrossings", "rejectZeroCrossings", 6553600},
			{"computeGradient", "computeMaxGradientLeaf", 6553600},
			{"computeMaxGradientLeaf", "rejectZeroCrossings", 4},
			{"rejectZeroCrossings", "siink", 6553600},
		},
	}
}
