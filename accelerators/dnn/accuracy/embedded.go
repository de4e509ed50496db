package accuracy

import (
	"bytes"
	"embed"
	"fmt"
)

// The models are fits of this project (see the package comment), made by `codesign accuracy fit`.
//
//go:embed models/*.model
var models embed.FS

// Embedded is the model that the project ships for a search space and data set.
func Embedded(space, dataset string) (*Model, error) {
	content, err := models.ReadFile("models/" + space + "-" + dataset + ".model")
	if err != nil {
		return nil, fmt.Errorf("accuracy: no model is embedded for %s on %s", space, dataset)
	}
	return ReadModel(bytes.NewReader(content))
}

// TrainingNoisePercent is the standard deviation of one training's test accuracy, in points: the least error that a prediction can have. 0 = unknown.
func TrainingNoisePercent(space, dataset string) float64 {
	switch space + "-" + dataset {
	case "nb201-cifar10": // within classes of equal function of the published table, like the next two: our own count
		return 0.26
	case "nb201-cifar100":
		return 0.42
	case "nb201-imagenet16-120":
		return 0.60
	case "nbmacro-cifar10": // root of the mean variance (of three, less one) of the published three trainings a network: our own count
		return 0.21
	}
	return 0
}
