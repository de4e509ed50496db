package dnn

// XR lists the unit models of XRBench (Kwon et al., MLSys 2023) by the paper's abbreviations; they are not in Zoo. They are built from the papers of the
// networks at the input sizes of XRBench's layer tables, with the real strides and groups: those tables list depthwise convolutions as dense ones and give no
// strides, so their totals are higher. What no paper or table fixes is an approximation, said in Doc. Where a source states a number of parameters it is in
// PublishedParameters; the tests compare, and they compare the totals of those tables counted their way.
func XR() []Entry {
	return []Entry{
		{Name: "as", Build: EDTCN, Doc: "action segmentation: ED-TCN, 668 time steps of 128 features, kernels of 25, 48 classes",
			Source: "Lea et al., CVPR 2017 (arXiv 1611.05267)"},
		{Name: "asr", Build: Emformer, Doc: "speech recognition: Emformer of 24 layers, a segment of 128 steps; attention within the segment, without memory bank and convolutions",
			Source: "Shi et al., ICASSP 2021 (arXiv 2010.10759)"},
		{Name: "de", Build: MiDaSSmall, Doc: "depth estimation: MiDaS v2.1 small (EfficientNet-Lite3 and four fusion blocks), 192×256",
			PublishedParameters: 21e6 - midasUnused, Source: "github.com/isl-org/MiDaS: 21 M parameters, less those that are stored and never used"},
		{Name: "dr", Build: SparseDepth, Doc: "depth refinement: ResNet-18 and UpProj decoder on colour and 200 depth samples, 228×912×4",
			Source: "Ma, Karaman, ICRA 2018 (arXiv 1709.07492)"},
		{Name: "es", Build: RITNet, Doc: "eye segmentation: RITNet, 160×100",
			PublishedParameters: 248_900, Source: "Chaudhary et al., ICCV workshops 2019 (arXiv 1910.00694): 248,900 parameters"},
		{Name: "ge", Build: FBNetC, Doc: "gaze estimation: FBNet-C, 160×100; the 1000-way classifier as in XRBench's table stands for the regression of the gaze",
			PublishedParameters: 5.5e6, Source: "Wu et al., CVPR 2019 (arXiv 1812.03443), table 2: 5.5 M parameters"},
		{Name: "ht", Build: HandGraph, Doc: "hand tracking: two stacked hourglasses and a graph network to the mesh of a hand, half resolution, 128×128; " +
			"the graph network is approximated by products a vertex level",
			Source: "Ge et al., CVPR 2019 (arXiv 1903.00812)"},
		{Name: "kd", Build: KeywordRes8, Doc: "keyword detection: res8-narrow, 98×40",
			PublishedParameters: 19.9e3, Source: "Tang, Lin, ICASSP 2018 (arXiv 1710.10361), table 3: 19.9 K parameters"},
		{Name: "od", Build: D2Go, Doc: "object detection: Faster R-CNN of D2Go (FBNetV3-A), 224×299; the head runs on one proposal, as in XRBench's table",
			Source: "github.com/facebookresearch/d2go; Dai et al., CVPR 2021 (arXiv 2006.02049)"},
		{Name: "pd", Build: PlaneRCNN, Doc: "plane detection: PlaneRCNN (ResNet-101 with a feature pyramid, heads, refinement), 160×160, a quarter of the resolution; heads on one proposal, as in XRBench's table",
			Source: "Liu et al., CVPR 2019 (arXiv 1812.04072)"},
		{Name: "ss", Build: HRViTB1, Doc: "segmentation: HRViT-b1, 224×224, with the classification head that XRBench's table has",
			Source: "Gu et al., CVPR 2022 (arXiv 2111.01236)"},
	}
}
