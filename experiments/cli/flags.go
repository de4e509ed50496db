package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/codesign-gym/codesign/internal/suggest"
)

// flagError words what is wrong with the flags: the library's own words show how it is written, and name nothing near.
func flagError(c *cobra.Command, err error) error {
	if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok && unknown.GetSpecifiedShortnames() == "" {
		var known []string
		c.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, "--"+f.Name) })
		return usage(suggest.Unknown("flag of "+c.CommandPath(), "--"+unknown.GetSpecifiedName(), known))
	}
	if wrong, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		if want, known := flagValue(wrong.GetFlag().Value.Type()); known {
			return usage(fmt.Errorf("--%s %q is not %s", wrong.GetFlag().Name, wrong.GetValue(), want))
		}
	}
	return usage(fmt.Errorf("%w; usage: %s", err, c.UseLine()))
}

// flagValue says what a flag of a type wants.
func flagValue(kind string) (string, bool) {
	switch kind {
	case "bool":
		return "true or false", true
	case "int", "int64":
		return "an integer", true
	case "uint64":
		return "an integer of at least 0", true
	case "float64":
		return "a number", true
	case "intSlice":
		return "integers with commas between them", true
	case "duration":
		return "a time with its unit, such as 30s or 10m", true
	}
	return "", false
}
