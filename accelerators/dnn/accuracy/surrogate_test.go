package accuracy_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn/accuracy"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

func open(t testing.TB, name, dataset string) nas.Named {
	t.Helper()
	s, _, err := nas.Open(name, dataset)
	require.NoError(t, err)
	return s
}

func parse(t testing.TB, s nas.Named, fields ...string) space.Point {
	t.Helper()
	p, err := s.Parse(fields...)
	require.NoError(t, err)
	return p
}

func embedded(t testing.TB, s nas.Named, name, dataset string) *accuracy.Surrogate {
	t.Helper()
	m, err := accuracy.Embedded(name, dataset)
	require.NoError(t, err)
	oracle, err := accuracy.NewSurrogate(s, m)
	require.NoError(t, err)
	return oracle
}

func TestEverySpaceHasAnEmbeddedSurrogate(t *testing.T) {
	for _, e := range nas.Entries() {
		for _, d := range e.Datasets {
			t.Run(e.Name+"-"+d.Name, func(t *testing.T) {
				s := open(t, e.Name, d.Name)
				oracle := embedded(t, s, e.Name, d.Name)
				m := oracle.Model()
				require.Equal(t, [2]string{e.Name, d.Name}, [2]string{m.Space, m.Dataset})
				require.NotEmpty(t, m.Source)
				require.Greater(t, m.Errors.Kendall, 0.8)
				rng := seed.New(1, "networks")
				for range 200 {
					p := s.Space().Sample(rng)
					got, err := oracle.Accuracy(p)
					require.NoError(t, err)
					require.True(t, got.Percent > 0 && got.Percent < 100)
					twin, err := oracle.Accuracy(s.Canonical(p))
					require.NoError(t, err)
					require.Equal(t, twin, got, "networks of one class")
				}
			})
		}
	}
}

func TestSurrogateOrdersWhatIsKnown(t *testing.T) {
	s := open(t, "nb201", "cifar10")
	oracle := embedded(t, s, "nb201", "cifar10")
	percent := func(cell string) float64 {
		e, err := oracle.Accuracy(parse(t, s, cell))
		require.NoError(t, err)
		return e.Percent
	}
	dead, err := oracle.Accuracy(parse(t, s, "330000"))
	require.NoError(t, err)
	require.Equal(t, accuracy.Estimate{Percent: 10}, dead, "exact")
	require.Greater(t, percent("333133"), percent("000300"), "more convolutions")
	require.Greater(t, percent("000300"), percent("000200"), "3×3 above 1×1")
	require.Greater(t, percent("000200"), percent("000400"), "a convolution above a pool")
	require.Greater(t, percent("333133"), 93.0)
}

func TestPredictionAllocatesLittle(t *testing.T) {
	s := open(t, "nb201", "cifar10")
	oracle := embedded(t, s, "nb201", "cifar10")
	p := parse(t, s, "333133")
	require.LessOrEqual(t, testing.AllocsPerRun(100, func() {
		if _, err := oracle.Accuracy(p); err != nil {
			t.Fatal(err)
		}
	}), 1.0, "the numbers of the network")
}

func TestModelFileKeepsTheModel(t *testing.T) {
	m, err := accuracy.Embedded("nbmacro", "cifar10")
	require.NoError(t, err)
	var first, second bytes.Buffer
	require.NoError(t, m.Write(&first))
	again, err := accuracy.ReadModel(bytes.NewReader(first.Bytes()))
	require.NoError(t, err)
	require.Equal(t, m, again)
	require.NoError(t, again.Write(&second))
	require.Equal(t, first.Bytes(), second.Bytes())
}

func TestFilesThatAreNoModels(t *testing.T) {
	zip := func(text string) []byte {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, err := z.Write([]byte(text))
		require.NoError(t, err)
		require.NoError(t, z.Close())
		return b.Bytes()
	}
	const header = `{"Format":"codesign-accuracy","Version":1,"Inputs":1,"Hidden":[1,1],"Nets":1,"Fitted":0}` + "\n"
	word := func(n int) string { return strings.Repeat("\x00\x00\x80\x3f", n) } // 1.0
	for name, test := range map[string]struct {
		content []byte
		want    string
	}{
		"no gzip":          {[]byte("hello, world"), "gzip: invalid header"},
		"no header":        {zip("hello"), "header: EOF"},
		"no JSON":          {zip("hello\n"), "header: invalid character"},
		"another version":  {zip(`{"Format":"codesign-accuracy","Version":2}` + "\n"), `format "codesign-accuracy", version 2: want "codesign-accuracy", version 1`},
		"too many nets":    {zip(strings.Replace(header, `"Nets":1`, `"Nets":17`, 1)), "17 nets"},
		"hidden too wide":  {zip(strings.Replace(header, `[1,1]`, `[1,65]`, 1)), "hidden layers [1 65]"},
		"cut short":        {zip(header + word(3)), "coefficients: "},
		"not a number":     {zip(header + "\x00\x00\xc0\x7f" + word(7)), "coefficients: one is not a number"},
		"no scale":         {zip(header + word(1) + "\x00\x00\x00\x00" + word(6)), "coefficients: a scale is 0"},
		"more than needed": {zip(header + word(9)), "more after the classes"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := accuracy.ReadModel(bytes.NewReader(test.content))
			require.ErrorIs(t, err, accuracy.ErrModelFile)
			require.ErrorContains(t, err, test.want)
		})
	}
	m, err := accuracy.ReadModel(bytes.NewReader(zip(header + word(8))))
	require.NoError(t, err)
	_, err = accuracy.NewSurrogate(open(t, "nb201", ""), m)
	require.ErrorContains(t, err, "fitted with another encoding")
	_, err = accuracy.Embedded("nb201", "mnist")
	require.EqualError(t, err, "accuracy: no model is embedded for nb201 on mnist")
}

func FuzzReadModel(f *testing.F) {
	f.Add([]byte(`{"Format":"codesign-accuracy","Version":1,"Inputs":1,"Hidden":[1,1],"Nets":1,"Fitted":0}` + "\n" + strings.Repeat("\x00\x00\x80\x3f", 8)))
	f.Add([]byte("{}\n"))
	f.Fuzz(func(t *testing.T, body []byte) {
		var file bytes.Buffer
		z, err := gzip.NewWriterLevel(&file, gzip.NoCompression)
		require.NoError(t, err)
		_, err = z.Write(body)
		require.NoError(t, err)
		require.NoError(t, z.Close())
		m, err := accuracy.ReadModel(&file)
		if err != nil {
			require.ErrorIs(t, err, accuracy.ErrModelFile)
			return
		}
		require.NoError(t, m.Write(new(bytes.Buffer)))
	})
}

func BenchmarkSurrogate(b *testing.B) {
	s := open(b, "nb201", "cifar10")
	oracle := embedded(b, s, "nb201", "cifar10")
	p := parse(b, s, "333133")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := oracle.Accuracy(p); err != nil {
			b.Fatal(err)
		}
	}
}

func ExampleNewSurrogate() {
	s, _, err := nas.Open("nb201", "cifar10")
	if err != nil {
		fmt.Println(err)
		return
	}
	m, err := accuracy.Embedded("nb201", "cifar10")
	if err != nil {
		fmt.Println(err)
		return
	}
	oracle, err := accuracy.NewSurrogate(s, m)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, cell := range []string{"000000", "000400", "333133"} {
		p, err := s.Parse(cell)
		if err != nil {
			fmt.Println(err)
			return
		}
		e, err := oracle.Accuracy(p)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s %.0f %%\n", cell, e.Percent)
	}
	// Output:
	// 000000 10 %
	// 000400 76 %
	// 333133 94 %
}
