package archgym

import (
	"errors"
	"fmt"
	"strings"

	"github.com/codesign-gym/codesign/simulators"
)

// Unit says what an observation is.
type Unit struct {
	Column string  // its name in the file's head; where there is none, the order of the units counts
	Unit   string  // empty for a pure number
	Factor float64 // from the file's figure to one in the unit
}

// ParseUnit reads name=unit or name=unit*factor: "latency=ns*1e3".
func ParseUnit(text string) (Unit, error) {
	name, rest, ok := strings.Cut(text, "=")
	u := Unit{Column: strings.TrimSpace(name), Factor: 1}
	if !ok || u.Column == "" {
		return u, fmt.Errorf("%q is not of the form name=unit or name=unit*factor", text)
	}
	unit, factor, scaled := strings.Cut(rest, "*")
	u.Unit = strings.TrimSpace(unit)
	if scaled {
		v, err := parseNumber(strings.TrimSpace(factor))
		if err != nil || !(v > 0 && v <= 1e30) {
			return u, fmt.Errorf("%q: factor %q: want a number in (0, 1e30]", text, factor)
		}
		u.Factor = v
	}
	if !identifier(u.metric().Key()) {
		return u, fmt.Errorf("%q: the metric's key would be %q: want a letter, then letters, digits and _", text, u.metric().Key())
	}
	return u, nil
}

// metric is what the observation becomes.
func (u Unit) metric() simulators.Metric {
	return simulators.Metric{Name: plain(u.Column), Unit: u.Unit, Doc: "observation " + u.Column + " of ArchGym"}
}

// plain is a name in lower case with underscores: PagePolicy becomes page_policy.
func plain(name string) string {
	var out []byte
	for i := range len(name) {
		c := name[i]
		switch upper := 'A' <= c && c <= 'Z'; {
		case upper && i > 0 && ('a' <= name[i-1] && name[i-1] <= 'z' || '0' <= name[i-1] && name[i-1] <= '9'):
			out = append(out, '_', c-'A'+'a')
		case upper:
			out = append(out, c-'A'+'a')
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			out = append(out, c)
		default:
			out = append(out, '_')
		}
	}
	return string(out)
}

// identifier tells whether expressions of objectives can read a key.
func identifier(key string) bool {
	return key != "" && (key[0] == '_' || 'a' <= key[0] && key[0] <= 'z' || 'A' <= key[0] && key[0] <= 'Z') &&
		strings.Trim(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == ""
}

// checkUnits reports units that share a name or a key, or take the reward's.
func checkUnits(units []Unit) error {
	if len(units) == 0 {
		return errors.New("no observation has a unit: state the name and unit of each, for example energy=pJ")
	}
	seen := map[string]bool{rewardKey: true}
	for _, u := range units {
		if key := u.metric().Key(); seen[key] {
			return fmt.Errorf("two metrics would have the key %q", key)
		} else {
			seen[key] = true
		}
	}
	return nil
}
