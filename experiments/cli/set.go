package cli

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/simulators"
)

// parseSet reads key=value words, typed as the settings are declared; unknown keys are left to the strict check of the settings.
func parseSet(declared []simulators.Setting, words []string) (map[string]any, error) {
	given := map[string]any{}
	var errs []error
	for _, word := range words {
		key, text, ok := strings.Cut(word, "=")
		if !ok || key == "" {
			errs = append(errs, fmt.Errorf("--set %q is not of the form key=value", word))
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
