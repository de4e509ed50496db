// Package cli is the command: what `codesign` and a third party's own main run over a catalogue.
//
//	func main() {
//		os.Exit(cli.Main(cli.Program{Version: "1", Catalog: …}, os.Args[1:]))
//	}
//
// Exit status: 0 success; 1 a failure of the program, a simulator or an agent, or a check that found a difference; 2 a mistake in what the user
// gave (arguments, files, folders); 130 interrupted, everything finished is kept. Results go to standard output, everything else to
// standard error.
package cli
