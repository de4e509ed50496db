package dnn

import (
	"fmt"
	"strings"
)

// Entry is a published network with the totals that its source states.
type Entry struct {
	Name, Doc string
	Build     func() Network

	// Tokens is the length of the sequence that Build takes, BuildTokens builds another one up to MaxTokens. All are zero where a
	// network has no sequence.
	Tokens, MaxTokens int
	BuildTokens       func(tokens int) (Network, error)

	// PublishedMACs and PublishedParameters are the totals as printed in Source, to its digits; 0 where it prints none.
	PublishedMACs, PublishedParameters float64
	Source                             string
}

// Zoo lists the published networks by name.
func Zoo() []Entry {
	return []Entry{
		{
			Name: "alexnet", Build: AlexNet,
			Doc:           "AlexNet of 2012 with its two-way grouped convolutions, 227×227 ImageNet",
			PublishedMACs: 724e6, PublishedParameters: 61e6,
			Source: "Sze, Chen, Yang, Emer, Proc. IEEE 105(12), 2017, table II",
		},
		{
			Name: "bert-base", Build: func() Network { return bertBase(ZooBERTTokens) },
			Tokens: ZooBERTTokens, MaxTokens: MaxBERTTokens, BuildTokens: BERTBase,
			Doc:           "BERT-base encoder, 12 layers, 128 tokens; without embeddings and pooler",
			PublishedMACs: 22.5e9 / 2, PublishedParameters: 109_482_240 - bertOutsideEncoder,
			Source: "22.5e9 operations (2 a MAC) at 128 tokens: Jiao et al., TinyBERT, EMNLP Findings 2020, table 1; " +
				"109,482,240 parameters: github.com/google-research/bert, issue 1225, less embeddings and pooler",
		},
		{
			Name: "dlrm", Build: DLRM,
			Doc:                 "DLRM for Criteo Kaggle, 26 tables of 33,762,577 rows of 16 in all; one sample",
			PublishedParameters: 33_762_577 * 16,
			Source:              "the tables alone: row counts and widths of github.com/facebookresearch/dlrm for Criteo Kaggle (the perceptrons have 475,985 more)",
		},
		{
			Name: "efficientnet-b0", Build: EfficientNetB0,
			Doc:           "EfficientNet-B0 with squeeze-and-excitation, 224×224 ImageNet",
			PublishedMACs: 0.386e9, PublishedParameters: 5_288_548,
			Source: "torchvision, EfficientNet_B0_Weights.IMAGENET1K_V1: num_params and _ops",
		},
		{
			Name: "googlenet", Build: GoogLeNet,
			Doc:           "GoogLeNet (Inception v1) without auxiliary classifiers, 224×224 ImageNet",
			PublishedMACs: 1.498e9, PublishedParameters: 6_624_904,
			Source: "torchvision, GoogLeNet_Weights.IMAGENET1K_V1: num_params and _ops",
		},
		{
			Name: "gpt2-decode", Build: func() Network { return must(GPT2Small().Decode(ZooGPT2Tokens)) },
			Tokens: ZooGPT2Tokens, MaxTokens: ZooGPT2Tokens, BuildTokens: GPT2Small().Decode,
			Doc:                 "GPT-2 small, one token after a context of 1024 whose keys and values are cached; without embeddings, with the output head",
			PublishedParameters: 124_439_808 - gpt2Positions,
			Source:              "124,439,808 parameters: the released model, less its position embeddings",
		},
		{
			Name: "gpt2-prefill", Build: func() Network { return must(GPT2Small().Prefill(ZooGPT2Tokens)) },
			Tokens: ZooGPT2Tokens, MaxTokens: ZooGPT2Tokens, BuildTokens: GPT2Small().Prefill,
			Doc:           "GPT-2 small on a prompt of 1024 tokens, logits for all; without embeddings, with the output head",
			PublishedMACs: 291_648_307_200 / 2, PublishedParameters: 124_439_808 - gpt2Positions,
			Source: "291,648,307,200 operations (2 a MAC) at 1024 tokens: github.com/karpathy/nanoGPT, transformer_sizing.ipynb; " +
				"124,439,808 parameters: the released model, less its position embeddings",
		},
		{
			Name: "mnasnet", Build: MnasNet,
			Doc:           "MnasNet-B1, width 1.0, 224×224 ImageNet",
			PublishedMACs: 0.314e9, PublishedParameters: 4_383_312,
			Source: "torchvision, MNASNet1_0_Weights.IMAGENET1K_V1: num_params and _ops",
		},
		{
			Name: "mobilenet-v2", Build: MobileNetV2,
			Doc:           "MobileNet-V2, width 1.0, 224×224 ImageNet",
			PublishedMACs: 0.301e9, PublishedParameters: 3_504_872,
			Source: "torchvision, MobileNet_V2_Weights.IMAGENET1K_V1: num_params and _ops",
		},
		{
			Name: "ncf", Build: NCF,
			Doc:                 "NCF (NeuMF) for MovieLens-20M, one pair of user and item",
			PublishedParameters: 31_832_577,
			Source:              "MLPerf training's NCF at 64 factors and a perceptron 256-256-128-64: the parameters that its PyTorch implementations report",
		},
		{
			Name: "resnet18", Build: ResNet18,
			Doc:           "ResNet-18, 224×224 ImageNet",
			PublishedMACs: 1.814e9, PublishedParameters: 11_689_512,
			Source: "torchvision, ResNet18_Weights.IMAGENET1K_V1: num_params and _ops",
		},
		{
			Name: "resnet50", Build: ResNet50,
			Doc:           "ResNet-50 v1.5 (stride in the 3×3 convolution), 224×224 ImageNet",
			PublishedMACs: 4.089e9, PublishedParameters: 25_557_032,
			Source: "torchvision, ResNet50_Weights.IMAGENET1K_V1: num_params and _ops",
		},
		{
			Name: "squeezenet", Build: SqueezeNet,
			Doc:           "SqueezeNet 1.0, 224×224 ImageNet",
			PublishedMACs: 0.819e9, PublishedParameters: 1_248_424,
			Source: "torchvision, SqueezeNet1_0_Weights.IMAGENET1K_V1: num_params and _ops",
		},
		{
			Name: "unet", Build: UNet,
			Doc:                 "U-Net of 2015, tile of 572×572 to 388×388, transposed convolutions",
			PublishedParameters: 31_031_685 - (64*9*2 + 2) - (2 + 1) + (64*2 + 2),
			Source: "31,031,685 parameters: github.com/zhixuhao/unet, less its last two convolutions (3×3 of 64 to 2, 1×1 of 2 to 1), " +
				"with the paper's (1×1 of 64 to 2)",
		},
		{
			Name: "vgg16", Build: VGG16,
			Doc:           "VGG-16 (configuration D), 224×224 ImageNet",
			PublishedMACs: 15.47e9, PublishedParameters: 138_357_544,
			Source: "torchvision, VGG16_Weights.IMAGENET1K_V1: num_params and _ops",
		},
		{
			Name: "vit-b", Build: ViTB,
			Doc:           "ViT-B/16, 224×224 ImageNet",
			PublishedMACs: 17.564e9, PublishedParameters: 86_567_656,
			Source: "torchvision, ViT_B_16_Weights.IMAGENET1K_V1: num_params and _ops",
		},
		{
			Name: "vit-s", Build: ViTS,
			Doc:           "ViT-S/16 (DeiT-S), 224×224 ImageNet",
			PublishedMACs: 4.6e9, PublishedParameters: 22.1e6,
			Source: "timm, model cards of vit_small_patch16_224: 22.1 M parameters, 4.6 GMACs; Touvron et al., ICML 2021: 22 M",
		},
	}
}

// Lookup returns the entry of the zoo with the given name; the error of an unknown name lists the known ones.
func Lookup(name string) (Entry, error) {
	var known []string
	for _, e := range Zoo() {
		if e.Name == name {
			return e, nil
		}
		known = append(known, e.Name)
	}
	return Entry{}, fmt.Errorf("dnn: unknown network %q: known are %s", name, strings.Join(known, ", "))
}

// published returns the network of a builder whose sizes are literals of this package.
func published(b *Builder) Network { return must(b.Network()) }

// must returns a network whose sizes are literals of this package.
func must(n Network, err error) Network {
	if err != nil {
		panic(err) // a mistake in this package: Zoo is built in its tests
	}
	return n
}
