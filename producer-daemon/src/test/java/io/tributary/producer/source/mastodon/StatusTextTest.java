package io.tributary.producer.source.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusTextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <p>one</p><p>two</p>                                          | one\\n\\ntwo
            <p>line1<br>line2</p>                                         | line1\\nline2
            <p>salt & vinegar</p>                                         | salt & vinegar
            <p>a &amp; b &lt;c&gt; &#35;d</p>                             | a & b <c> #d
            <p>safe</p><script>alert('x')</script>                        | safe
            <p>be<script>bad()</script>fore</p>                           | before
            <p>世界 and 日本語</p>                                          | 世界 and 日本語
            <p>שלום مرحبا</p>                                             | שלום مرحبا
            <p>👩‍👩‍👧‍👦 🏳️‍🌈</p>                                               | 👩‍👩‍👧‍👦 🏳️‍🌈
            <p><a href="x"><span class="invisible">https://</span><span>a.b/c</span></a></p> | https://a.b/c
            <p>  spaces   and\t tabs </p>                                 | spaces and tabs
            <ul><li>a</li><li>b</li></ul>                                 | - a\\n- b
            plain text                                                    | plain text
            <p><span>@<span>bob</span></span> hi</p>                      | @bob hi
            """)
    void htmlBecomesPlainText(String html, String text) {
        assertThat(StatusText.of(html)).isEqualTo(text.replace("\\n", "\n"));
    }
}
