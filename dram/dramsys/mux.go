package dramsys

import "github.com/codesign-gym/codesign/dram/device"

// commandMux decides which commands of banks may compete.
type commandMux interface {
	// admits tells whether the command, which serves the request of that number, may compete.
	admits(k *controller, c device.Command, number int64) bool
}

func newCommandMux(c Config) commandMux {
	if c.CmdMux == Strict {
		return strictMux{}
	}
	return oldestMux{}
}

// oldestMux lets all commands compete.
type oldestMux struct{}

func (oldestMux) admits(*controller, device.Command, int64) bool { return true }

// strictMux lets a column command compete only in its request's turn.
type strictMux struct{}

func (strictMux) admits(k *controller, c device.Command, number int64) bool {
	return !c.IsColumn() || number == k.columns+1
}
