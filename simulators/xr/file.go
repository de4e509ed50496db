package xr

import (
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/files"
	domain "github.com/codesign-gym/codesign/soc/xr"
)

// defaultScenario runs when nothing is set.
const defaultScenario = "vr-gaming"

// chosen are the usage scenarios of the settings; origin tells apart files that the settings only name, for the version.
func chosen(s simulators.Settings) (list []domain.Scenario, origin string, err error) {
	name, path := s.String("scenario"), s.String("scenario_file")
	if path == "" {
		for _, sc := range domain.Scenarios() {
			if name == allScenarios || name == sc.Name {
				list = append(list, sc)
			}
		}
		return list, "", nil
	}
	if name != defaultScenario {
		return nil, "", fmt.Errorf("settings scenario = %q and scenario_file = %q exclude each other: leave one of them out", name, path)
	}
	text, origin, err := files.ReadTable("scenario_file", path)
	if err != nil {
		return nil, "", err
	}
	sc, err := parseScenario(text)
	if err != nil {
		return nil, "", fmt.Errorf("scenario_file %s: %w", path, err)
	}
	return []domain.Scenario{sc}, origin, nil
}

// parseScenario reads a usage scenario: a name, and streams of a model, a rate, and what they follow with which probability.
func parseScenario(text string) (domain.Scenario, error) {
	var file struct {
		Name    string `toml:"name"`
		Streams []struct {
			Model  string  `toml:"model"`
			FPS    int     `toml:"fps"`
			After  string  `toml:"after"`
			Launch float64 `toml:"launch_frac"`
		} `toml:"stream"`
	}
	if err := files.Strict(text, &file); err != nil {
		return domain.Scenario{}, err
	}
	sc := domain.Scenario{Name: file.Name, Doc: "a scenario of your own"}
	var errs []error
	for _, s := range file.Streams {
		if entry(s.Model).Build == nil {
			errs = append(errs, suggest.Unknown("model", s.Model, models()))
		}
		sc.Streams = append(sc.Streams, domain.Stream{Model: s.Model, FPS: s.FPS, After: s.After, LaunchFrac: s.Launch})
	}
	return sc, errors.Join(append(errs, sc.Check())...)
}

// entry is a network by its name: a unit model of XRBench, or of the zoo; the zero Entry for an unknown one.
func entry(model string) dnn.Entry {
	for _, e := range append(dnn.XR(), dnn.Zoo()...) {
		if e.Name == model {
			return e
		}
	}
	return dnn.Entry{}
}

// models are the names that a stream may have.
func models() (names []string) {
	for _, e := range append(dnn.XR(), dnn.Zoo()...) {
		names = append(names, e.Name)
	}
	return names
}

// network is the layers of a model.
func network(model string) (domain.Network, error) {
	e := entry(model)
	if e.Build == nil {
		return domain.Network{}, suggest.Unknown("model", model, models())
	}
	return domain.NewNetwork(model, e.Build())
}
