package cli

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/proxy"
)

// parseSet reads the key=value words of --set, typed as the settings are declared; unknown keys are left to the strict check of the settings.
func parseSet(declared []simulators.Setting, words []string) (map[string]any, error) {
	return parseOptions("set", declared, words)
}

// parseOptions is parseSet for another flag.
func parseOptions(flag string, declared []simulators.Setting, words []string) (map[string]any, error) {
	given := map[string]any{}
	var errs []error
	for _, word := range words {
		key, text, ok := strings.Cut(word, "=")
		if !ok || key == "" {
			errs = append(errs, fmt.Errorf("--%s %q is not of the form key=value", flag, word))
			continue
		}
		given[key] = text
		at := slices.IndexFunc(declared, func(s simulators.Setting) bool { return s.Name == key })
		if at < 0 {
			continue
		}
		switch declared[at].Default.(type) {
		case bool:
			if b, err := strconv.ParseBool(text); err == nil {
				given[key] = b
			}
		case int, float64:
			if v, err := strconv.ParseFloat(text, 64); err == nil {
				given[key] = v
			}
		}
	}
	return given, usage(errors.Join(errs...))
}

// parseFix reads axis=level,level words.
func parseFix(words []string) (map[string][]string, error) {
	fix := map[string][]string{}
	var errs []error
	for _, word := range words {
		axis, levels, ok := strings.Cut(word, "=")
		if _, twice := fix[axis]; !ok || axis == "" || levels == "" || twice {
			errs = append(errs, fmt.Errorf("--fix %q is not of the form axis=level[,level…], once an axis", word))
			continue
		}
		fix[axis] = strings.Split(levels, ",")
	}
	return fix, errors.Join(errs...)
}

// parseBounds reads term=value words.
func parseBounds(flag string, words []string) (map[string]float64, error) {
	var values map[string]float64
	var errs []error
	for _, word := range words {
		at := strings.LastIndexByte(word, '=')
		v, err := strconv.ParseFloat(word[at+1:], 64)
		if at < 1 || err != nil {
			errs = append(errs, fmt.Errorf("--%s %q is not of the form term=value", flag, word))
			continue
		}
		if values == nil {
			values = map[string]float64{}
		}
		values[word[:at]] = v
	}
	return values, errors.Join(errs...)
}

// simulator is the factory of a name: one of the catalogue, or a proxy in a file.
func (p Program) simulator(name string) (simulators.Factory, error) {
	f, known, err := proxy.Resolve(p.Catalog.Simulators, name, ".")
	if err == nil && !known {
		err = suggest.Unknown("simulator", name, simulatorNames(p.Catalog))
	}
	return f, usage(err)
}
