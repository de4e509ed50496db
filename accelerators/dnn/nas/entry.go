package nas

import (
	"fmt"
	"strings"
)

// Entry is one search space of this package with the data sets that it has.
type Entry struct {
	Name, Doc string
	Datasets  []Dataset // the first is the default
	build     func(Dataset) (Named, error)
}

// Entries lists the search spaces.
func Entries() []Entry {
	return []Entry{
		{
			Name: "nb201", Doc: "NAS-Bench-201: a cell of six edges, stacked 15 times", Datasets: []Dataset{CIFAR10(), CIFAR100(), ImageNet16()},
			build: func(d Dataset) (Named, error) { return NewNASBench201(d) },
		},
		{
			Name: "nbmacro", Doc: "NAS-Bench-Macro: eight layers of three kinds", Datasets: []Dataset{CIFAR10()},
			build: func(Dataset) (Named, error) { return NewNASBenchMacro() },
		},
		{
			Name: "ofa", Doc: "Once-for-All MobileNetV3: depths, kernels, expansions, resolution", Datasets: []Dataset{ImageNet()},
			build: func(Dataset) (Named, error) { return NewOFAMobileNet() },
		},
	}
}

// Open makes the named search space for the named data set; an empty data set is the space's first. Errors list the known names.
func Open(name, dataset string) (Named, Dataset, error) {
	var known []string
	for _, e := range Entries() {
		known = append(known, e.Name)
		if e.Name != name {
			continue
		}
		var datasets []string
		for _, d := range e.Datasets {
			if dataset == "" || d.Name == dataset {
				s, err := e.build(d)
				return s, d, err
			}
			datasets = append(datasets, d.Name)
		}
		return nil, Dataset{}, fmt.Errorf("nas: %s has no data set %q: known are %s", name, dataset, strings.Join(datasets, ", "))
	}
	return nil, Dataset{}, fmt.Errorf("nas: unknown search space %q: known are %s", name, strings.Join(known, ", "))
}
