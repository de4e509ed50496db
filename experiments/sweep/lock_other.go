//go:build !unix

package sweep

import "os"

// lock only makes the file: on this system two runs on one folder are not kept apart.
func lock(path string) (*os.File, error) { return os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644) }
