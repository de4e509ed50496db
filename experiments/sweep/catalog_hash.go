package sweep

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/simulators"
)

// Hash names what the catalogue offers, in 64 hexadecimal digits: simulators and environments with their settings, fidelities, versions, axes and metrics, agents
// with their options, all at their defaults. Documentation does not count.
func (c Catalog) Hash() string {
	hash := sha256.New()
	write := func(kind, name string, settings []simulators.Setting, more ...any) {
		fmt.Fprintf(hash, "%s %q %+v %+v\n", kind, name, settingsOf(settings), more) // a hash takes everything
	}
	for _, f := range c.Simulators {
		instance, _, err := f.Open(nil)
		write("simulator", f.Name, f.Settings, f.Fidelities, specOf(instance.Simulator, err))
	}
	for _, f := range c.Environments {
		maker, _, err := f.Open(nil)
		write("environment", f.Name, f.Settings, f.Version, stepsOf(f, maker, err))
	}
	for _, f := range c.Agents {
		write("agent", f.Name, f.Options)
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// settingsOf is the settings without their documentation.
func settingsOf(declared []simulators.Setting) []simulators.Setting {
	list := make([]simulators.Setting, len(declared))
	for i, d := range declared {
		d.Doc = ""
		list[i] = d
	}
	return list
}

// specOf tells simulators apart: version, axes and metrics, or why it does not open without settings.
func specOf(s simulators.Simulator, err error) []string {
	if err != nil {
		return []string{err.Error()}
	}
	spec := s.Spec()
	return append([]string{spec.Name, spec.Version, dataset.SpaceHash(spec.Space)}, spec.Keys()...)
}

// stepsOf tells environments apart likewise.
func stepsOf(f env.Factory, maker env.Maker, err error) []string {
	if err != nil {
		return []string{err.Error()}
	}
	e, err := maker()
	if err != nil {
		return []string{err.Error()}
	}
	spec := f.Spec(e)
	list := append([]string{spec.Name, spec.Version, dataset.SpaceHash(spec.Space)}, spec.Keys()...)
	if err := env.Close(e); err != nil {
		list = append(list, err.Error())
	}
	return list
}
