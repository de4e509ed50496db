package soc

// cava is the camera pipeline; gamut mapping is 96 % of the work.
func cava() Workload {
	return Workload{
		Name: "hpvm_cava", Last: "descale_fxp_cloned", LatencyBudgetS: 0.034, Budget: publishedBudget(),
		Tasks: []Task{
			{Name: "souurce"},
			accelerated("scale_fxp_cloned", 23110550, 151, 1390257, 26887, 14601),
			accelerated("demosaic_fxp_cloned", 16764020, 151, 1585500, 131069, 73580),
			accelerated("denoise_fxp_cloned", 348287144, 151, 9876910, 80897, 44998),
			accelerated("transform_fxp_cloned", 47395880, 151, 2606562, 72148, 39287),
			accelerated("gamut_map_fxp_cloned", 81304050420, 151, 3387311728, 208042, 107726),
			accelerated("tone_map_fxp_cloned", 20683980, 151, 2606562, 35786, 19425),
			accelerated("descale_fxp_cloned", 3122039760, 151, 186117617, 27098, 15030),
			{Name: "siink"},
		},
		Edges: []Edge{
			{"souurce", "scale_fxp_cloned", 91053},
			{"scale_fxp_cloned", "demosaic_fxp_cloned", 364212},
			{"demosaic_fxp_cloned", "denoise_fxp_cloned", 364212},
			{"denoise_fxp_cloned", "transform_fxp_cloned", 364212},
			{"transform_fxp_cloned", "gamut_map_fxp_cloned", 364212},
			{"gamut_map_fxp_cloned", "tone_map_fxp_cloned", 364212},
			{"tone_map_fxp_cloned", "descale_fxp_cloned", 364212},
			{"descale_fxp_cloned", "siink", 91053},
		},
	}
}
