package dnn

import (
	"fmt"
	"strings"
)

// Entry is a published network with the totals that its source states.
type Entry struct {
	Name, Doc string
	Build     func() Network

	// PublishedMACs and PublishedParameters are the totals as printed in Source, to its digits.
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
			Doc:           "BERT-base encoder, 12 layers, 128 tokens; without embeddings and pooler",
			PublishedMACs: 22.5e9 / 2, PublishedParameters: 109_482_240 - bertOutsideEncoder,
			Source: "22.5e9 operations (2 a MAC) at 128 tokens: Jiao et al., TinyBERT, EMNLP Findings 2020, table 1; " +
				"109,482,240 parameters: github.com/google-research/bert, issue 1225, less embeddings and pooler",
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
