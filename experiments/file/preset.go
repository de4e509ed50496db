package file

import (
	"maps"

	"github.com/codesign-gym/codesign/internal/suggest"
)

// withPreset is the table of an agent with the options of the preset that it names, [preset.NAME]; what it says itself wins.
func (t table) withPreset(presets table) table {
	if !t.has("preset") {
		return t
	}
	name := t.text("preset")
	if name == "" {
		return t
	}
	options, there := presets.values[name].(map[string]any)
	switch {
	case !there && presets.has(name):
		presets.wrong(name, "%s is not a table of options: begin it with [preset.%s]", show(presets.values[name]), keyText(name))
		return t
	case !there:
		t.wrong("preset", "%w", suggest.Unknown("preset", name, sortedKeys(presets.values)))
		return t
	}
	merged := maps.Clone(options)
	for _, key := range []string{"kind", "name", "preset"} {
		if _, given := options[key]; given {
			presets.wrong(name, "%q is no option: a preset holds options, groups and search", key)
			delete(merged, key)
		}
	}
	maps.Copy(merged, t.values)
	return table{t.r, t.path, merged}
}
