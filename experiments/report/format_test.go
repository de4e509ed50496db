package report

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNumber(t *testing.T) {
	for _, c := range []struct {
		v      float64
		digits int
		want   string
	}{
		{0, 4, "0"}, {1, 4, "1"}, {-2.5, 4, "-2.5"}, {1234567, 4, "1234567"}, {1234.56, 4, "1235"}, {12.3456, 4, "12.35"},
		{0.00123456, 4, "0.001235"}, {0.000123456, 4, "1.235e-4"}, {12345678, 4, "1.235e7"}, {1e9, 4, "1e9"}, {100, 1, "100"}, {0.1 + 0.2, 4, "0.3"},
	} {
		require.Equal(t, c.want, number(c.v, c.digits))
	}
}

func TestSeconds(t *testing.T) {
	for s, want := range map[float64]string{
		0: "0 ms", 0.0314: "31 ms", 0.0994: "99 ms", 0.12: "0.12 s", 12.34: "12.3 s", 99.9: "99.9 s", 100: "1m40s", 119.6: "2m00s", 3599.4: "59m59s",
		3599.6: "1h00m", 36_610: "10h10m",
	} {
		require.Equal(t, want, Seconds(s))
	}
}

func TestCounted(t *testing.T) {
	require.Equal(t, []string{"1 study", "0 studies", "2 designs"}, []string{Counted(1, "study"), Counted(0, "study"), Counted(2, "design")})
}

func TestWrapText(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  []string
	}{
		{"", 10, []string{""}},
		{"ga population=16", 20, []string{"ga population=16"}},
		{"ga population=16", 14, []string{"ga", " population=16"}},
		{"abcdefghij kl", 4, []string{"abcd", " efg", " hij", " kl"}},
		{"  ga \n x ", 4, []string{"ga x"}},
	} {
		require.Equal(t, c.want, wrapText(c.text, c.width), "%q in %d", c.text, c.width)
	}
}
