// Package cli is the command: what `codesign` and a third party's own main run over a catalogue.
//
//	func main() {
//		os.Exit(cli.Main(cli.Program{Version: "1", Catalog: …}, os.Args[1:]))
//	}
//
// # Exit status
//
//	0    success
//	1    a failure of the program, a simulator or an agent, an output that cannot be written, or a check that found a difference
//	2    a mistake in what the user gave: arguments, files, designs, folders, and damaged files in a results folder
//	130  interrupted by SIGINT or SIGTERM; everything finished is kept
//
// A second signal ends the process at once. A reader that closes the pipe early (`codesign trials DIR | head`) is no failure.
//
// # Output
//
// Results go to standard output; errors, notes and the progress bar, which only a terminal gets, to standard error. Nothing is overwritten
// but report.html. Errors name the file and line, or the axis and its range, and every mistake of a file is told at once.
package cli
