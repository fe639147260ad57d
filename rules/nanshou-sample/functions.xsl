<?xml version="1.0" encoding="UTF-8"?>
<!-- 名前空間 urn:checktool:functions の関数を XSLT 1.0 + EXSLT で定義したもの。
     ほかの Schematron 処理系で同じルールを動かすときに取り込みます。仕様は docs/rules.md。
     コード表は、codetables の CSV を docs/rules.md の形の XML にして f:tables に渡します。 -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:func="http://exslt.org/functions"
    xmlns:date="http://exslt.org/dates-and-times"
    xmlns:regexp="http://exslt.org/regular-expressions"
    xmlns:f="urn:checktool:functions"
    extension-element-prefixes="func date regexp">

  <xsl:param name="f:on" select="substring(date:date(), 1, 10)"/>
  <xsl:param name="f:tables" select="'tables.xml'"/>
  <xsl:key name="f:rows" match="row" use="concat(../@id, '&#9;', @code)"/>

  <func:function name="f:today">
    <func:result select="string($f:on)"/>
  </func:function>

  <!-- 番号 -->
  <func:function name="f:luhn">
    <xsl:param name="s"/>
    <xsl:variable name="t" select="string($s)"/>
    <func:result select="string-length($t) &gt; 1 and translate($t, '0123456789', '') = ''
                         and f:luhn-sum($t, 1) mod 10 = 0"/>
  </func:function>

  <func:function name="f:luhn-sum">
    <xsl:param name="digits"/>
    <xsl:param name="weight"/>
    <xsl:variable name="end" select="string-length($digits)"/>
    <xsl:choose>
      <xsl:when test="$end = 0"><func:result select="0"/></xsl:when>
      <xsl:otherwise>
        <xsl:variable name="product" select="$weight * substring($digits, $end)"/>
        <func:result select="$product - 9 * ($product &gt; 9)
                             + f:luhn-sum(substring($digits, 1, $end - 1), 3 - $weight)"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <func:function name="f:municipality-check">
    <xsl:param name="s"/>
    <xsl:variable name="t" select="string($s)"/>
    <xsl:variable name="sum" select="6 * substring($t, 1, 1) + 5 * substring($t, 2, 1) + 4 * substring($t, 3, 1)
                                     + 3 * substring($t, 4, 1) + 2 * substring($t, 5, 1)"/>
    <func:result select="translate($t, '0123456789', '##########') = '######'
                         and (11 - $sum mod 11) mod 10 = number(substring($t, 6))"/>
  </func:function>

  <!-- 日付 -->
  <func:function name="f:is-date">
    <xsl:param name="s"/>
    <xsl:variable name="t" select="string($s)"/>
    <xsl:variable name="y" select="number(substring($t, 1, 4))"/>
    <xsl:variable name="m" select="number(substring($t, 6, 2))"/>
    <xsl:variable name="leap" select="$y mod 4 = 0 and ($y mod 100 != 0 or $y mod 400 = 0)"/>
    <xsl:variable name="last" select="substring('312831303130313130313031', 2 * $m - 1, 2) + ($m = 2 and $leap)"/>
    <func:result select="translate($t, '0123456789', '##########') = '####-##-##' and $y &gt;= 1
                         and $m &gt;= 1 and $m &lt;= 12
                         and substring($t, 9) &gt;= 1 and substring($t, 9) &lt;= $last"/>
  </func:function>

  <func:function name="f:day-number">
    <xsl:param name="t"/>
    <xsl:variable name="m" select="(substring($t, 6, 2) + 9) mod 12"/>
    <xsl:variable name="y" select="substring($t, 1, 4) - ($m &gt; 9)"/>
    <func:result select="365 * $y + floor($y div 4) - floor($y div 100) + floor($y div 400)
                         + floor((153 * $m + 2) div 5) + substring($t, 9)"/>
  </func:function>

  <func:function name="f:days-between">
    <xsl:param name="a"/>
    <xsl:param name="b"/>
    <xsl:choose>
      <xsl:when test="f:is-date($a) and f:is-date($b)">
        <func:result select="f:day-number(string($b)) - f:day-number(string($a))"/>
      </xsl:when>
      <xsl:otherwise><func:result select="number('NaN')"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <func:function name="f:full-months">
    <xsl:param name="a"/>
    <xsl:param name="b"/>
    <func:result select="12 * (substring($b, 1, 4) - substring($a, 1, 4)) + substring($b, 6, 2)
                         - substring($a, 6, 2) - (substring($b, 9) &lt; substring($a, 9))"/>
  </func:function>

  <func:function name="f:months-between">
    <xsl:param name="a"/>
    <xsl:param name="b"/>
    <xsl:variable name="days" select="f:days-between($a, $b)"/>
    <xsl:choose>
      <xsl:when test="$days &gt;= 0"><func:result select="f:full-months(string($a), string($b))"/></xsl:when>
      <xsl:when test="$days &lt; 0"><func:result select="- f:full-months(string($b), string($a))"/></xsl:when>
      <xsl:otherwise><func:result select="number('NaN')"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <func:function name="f:age-months">
    <xsl:param name="birth"/>
    <xsl:param name="on"/>
    <xsl:choose>
      <xsl:when test="f:days-between($birth, $on) &gt;= 0">
        <func:result select="f:full-months(string($birth), string($on))"/>
      </xsl:when>
      <xsl:otherwise><func:result select="number('NaN')"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <func:function name="f:age-years">
    <xsl:param name="birth"/>
    <xsl:param name="on"/>
    <func:result select="floor(f:age-months($birth, $on) div 12)"/>
  </func:function>

  <!-- 文字列。f:map は fold が置き換える字で、長いものから先に並べる -->
  <f:map from="ｶﾞ" to="ガ"/><f:map from="ｷﾞ" to="ギ"/><f:map from="ｸﾞ" to="グ"/><f:map from="ｹﾞ" to="ゲ"/>
  <f:map from="ｺﾞ" to="ゴ"/><f:map from="ｻﾞ" to="ザ"/><f:map from="ｼﾞ" to="ジ"/><f:map from="ｽﾞ" to="ズ"/>
  <f:map from="ｾﾞ" to="ゼ"/><f:map from="ｿﾞ" to="ゾ"/><f:map from="ﾀﾞ" to="ダ"/><f:map from="ﾁﾞ" to="ヂ"/>
  <f:map from="ﾂﾞ" to="ヅ"/><f:map from="ﾃﾞ" to="デ"/><f:map from="ﾄﾞ" to="ド"/><f:map from="ﾊﾞ" to="バ"/>
  <f:map from="ﾋﾞ" to="ビ"/><f:map from="ﾌﾞ" to="ブ"/><f:map from="ﾍﾞ" to="ベ"/><f:map from="ﾎﾞ" to="ボ"/>
  <f:map from="ｳﾞ" to="ヴ"/><f:map from="ﾊﾟ" to="パ"/><f:map from="ﾋﾟ" to="ピ"/><f:map from="ﾌﾟ" to="プ"/>
  <f:map from="ﾍﾟ" to="ペ"/><f:map from="ﾎﾟ" to="ポ"/>
  <f:map from="Ⅰ" to="i"/><f:map from="Ⅱ" to="ii"/><f:map from="Ⅲ" to="iii"/><f:map from="Ⅳ" to="iv"/>
  <f:map from="Ⅴ" to="v"/><f:map from="Ⅵ" to="vi"/><f:map from="Ⅶ" to="vii"/><f:map from="Ⅷ" to="viii"/>
  <f:map from="Ⅸ" to="ix"/><f:map from="Ⅹ" to="x"/><f:map from="Ⅺ" to="xi"/><f:map from="Ⅻ" to="xii"/>
  <f:map from="ⅰ" to="i"/><f:map from="ⅱ" to="ii"/><f:map from="ⅲ" to="iii"/><f:map from="ⅳ" to="iv"/>
  <f:map from="ⅴ" to="v"/><f:map from="ⅵ" to="vi"/><f:map from="ⅶ" to="vii"/><f:map from="ⅷ" to="viii"/>
  <f:map from="ⅸ" to="ix"/><f:map from="ⅹ" to="x"/><f:map from="ⅺ" to="xi"/><f:map from="ⅻ" to="xii"/>

  <xsl:variable name="f:wide" select="concat(
      '＇！＂＃＄％＆（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠［＼］＾＿｀｛｜｝～',
      'ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ',
      'ABCDEFGHIJKLMNOPQRSTUVWXYZΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ',
      'ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｧｨｩｪｫｬｭｮｯｰ｡｢｣､･',
      '&#x20;&#9;&#10;&#13;&#xA0;&#x2003;&#x3000;')"/>
  <xsl:variable name="f:narrow" select="concat(
      &quot;'&quot;, '!&quot;#$%&amp;()*+,-./0123456789:;&lt;=>?@[\]^_`{|}~',
      'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz',
      'abcdefghijklmnopqrstuvwxyzαβγδεζηθικλμνξοπρστυφχψω',
      'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンァィゥェォャュョッー。「」、・')"/>

  <func:function name="f:replaced">
    <xsl:param name="text"/>
    <xsl:param name="maps"/>
    <xsl:variable name="from" select="string($maps[1]/@from)"/>
    <xsl:choose>
      <xsl:when test="not($maps)"><func:result select="$text"/></xsl:when>
      <xsl:when test="contains($text, $from)">
        <func:result select="f:replaced(concat(substring-before($text, $from), $maps[1]/@to,
                                               substring-after($text, $from)), $maps)"/>
      </xsl:when>
      <xsl:otherwise><func:result select="f:replaced($text, $maps[position() &gt; 1])"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <func:function name="f:fold">
    <xsl:param name="s"/>
    <xsl:variable name="present" select="document('')/*/f:map[contains(string($s), @from)]"/>
    <func:result select="translate(f:replaced(string($s), $present), $f:wide, $f:narrow)"/>
  </func:function>

  <func:function name="f:matches">
    <xsl:param name="s"/>
    <xsl:param name="regex"/>
    <func:result select="regexp:test(string($s), concat('^(', $regex, ')$'))"/>
  </func:function>

  <!-- コード表。日付を渡さないときは最後の行を見る -->
  <func:function name="f:row">
    <xsl:param name="table"/>
    <xsl:param name="code"/>
    <xsl:param name="on"/>
    <xsl:variable name="key" select="concat($table, '&#9;', $code)"/>
    <xsl:variable name="day" select="translate($on, '-', '')"/>
    <xsl:variable name="found">
      <xsl:for-each select="document($f:tables)">
        <xsl:for-each select="key('f:rows', $key)">
          <xsl:if test="$on = 'any' and position() = last()
                        or f:is-date($on) and not(translate(@valid_from, '-', '') &gt; $day)
                        and not(translate(@valid_to, '-', '') &lt; $day)">
            <xsl:value-of select="concat(generate-id(), ' ')"/>
          </xsl:if>
        </xsl:for-each>
      </xsl:for-each>
    </xsl:variable>
    <xsl:for-each select="document($f:tables)">
      <func:result select="key('f:rows', $key)[generate-id() = substring-before($found, ' ')]"/>
    </xsl:for-each>
  </func:function>

  <func:function name="f:code-exists">
    <xsl:param name="table"/>
    <xsl:param name="code"/>
    <xsl:param name="on" select="'any'"/>
    <func:result select="boolean(f:row(string($table), string($code), string($on)))"/>
  </func:function>

  <func:function name="f:code-name">
    <xsl:param name="table"/>
    <xsl:param name="code"/>
    <xsl:param name="on" select="'any'"/>
    <func:result select="string(f:row(string($table), string($code), string($on))/@name)"/>
  </func:function>

  <func:function name="f:code-field">
    <xsl:param name="table"/>
    <xsl:param name="code"/>
    <xsl:param name="field"/>
    <func:result select="string(f:row(string($table), string($code), 'any')/@*[name() = $field])"/>
  </func:function>

  <!-- 選択肢のある項目はそのコード、日付の項目は暦の日、min か max のある項目はその間の、step きざみの数だけを許す。 -->
  <func:function name="f:permitted">
    <xsl:param name="table"/>
    <xsl:param name="code"/>
    <xsl:param name="value"/>
    <xsl:variable name="choices" select="f:code-field($table, $code, 'choices')"/>
    <xsl:variable name="min" select="f:code-field($table, $code, 'min')"/>
    <xsl:variable name="max" select="f:code-field($table, $code, 'max')"/>
    <xsl:variable name="step" select="f:code-field($table, $code, 'step')"/>
    <xsl:variable name="written" select="normalize-space($value)"/>
    <xsl:choose>
      <xsl:when test="$choices != ''">
        <func:result select="translate($written, '=|', '') = $written
                             and contains(concat('|', $choices), concat('|', $written, '='))"/>
      </xsl:when>
      <xsl:when test="f:code-field($table, $code, 'type') = 'date'">
        <func:result select="f:is-date($written)"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="$min = '' and $max = ''
                             or number($written) = number($written)
                             and not(number($written) &lt; $min or number($written) &gt; $max)
                             and not((number($written) - number(concat(substring('0', 1, number($min = '')), $min))) mod $step != 0
                             and number($step) = number($step))"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <func:function name="f:out-of-range">
    <xsl:param name="table"/>
    <xsl:param name="items"/>
    <func:result select="boolean($items[normalize-space(.) != '' and not(f:permitted($table, @code, .))])"/>
  </func:function>
</xsl:stylesheet>
