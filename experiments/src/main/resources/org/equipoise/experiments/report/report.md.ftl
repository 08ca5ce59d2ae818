<#macro table rows left>
| <#list rows[0] as cell>${cell} |<#sep> </#list>
|<#list rows[0] as cell><#if cell?index < left>---<#else>---:</#if>|</#list>
<#list rows[1..] as row>
| <#list row as cell>${cell} |<#sep> </#list>
</#list>
</#macro>
<#macro titled group>
<#if group.title?has_content>
### ${group.title}

</#if>
</#macro>
# ${experiment}

${recorded} of ${planned} runs: ${arms} arms, seeds ${seeds}. Baseline: ${baseline}.

<#if missing?has_content>
## Missing runs

**${missing?size?c} of ${planned} runs left no record. What is below does without them.**

<#list missing as run>
- ${run.run}: ${run.reason}
<#if run.log?has_content>

<#list run.log as line>
      ${line?no_esc}
</#list>

</#if>
</#list>

</#if>
## Results

In percent: mean ± standard deviation over seeds. Many, medium and few are the classes with more than
100, 20 to 100, and fewer than 20 images in the full published train set; – is a figure that does not
exist, as that of a group without classes.

<#if grouped>
Each kind of start has a table of its own: what was trained on other data before is not ranked beside
what was not.

</#if>
<#if pretrained?has_content>
All runs build on what was trained before: ${pretrained}. They are not to be ranked beside runs from
scratch.

</#if>
<#list groups as group>
<@titled group/>
<@table rows=group.results left=1/>

</#list>
<#if conflicts?has_content>
## Conflicts between parts

Found when this was planned, before any result. An accepted one is meant by whoever wrote the config.

<#list conflicts as conflict>
- **${conflict.title}:** ${conflict.what} ${conflict.why}<#if conflict.open> If it is meant, the arm says `${conflict.acceptance?no_esc}`.</#if>
</#list>

</#if>
<#if differences?has_content>
## Difference to ${baseline}

In percentage points, arm minus baseline, paired by seed: mean ± standard deviation over the seeds that
both have.

<@table rows=differences left=1/>

</#if>
## How to read this

- All arms share the hyperparameters of the config, fixed before any result was seen. None was tuned;
  a tuned arm may rank elsewhere.
<#if oneSeed>
- One seed says nothing about spread: no difference here is evidence.
<#else>
- A difference within one standard deviation is no evidence, and one beyond it is only a hint: nothing
  here is tested for significance.
</#if>
<#if unverified?has_content>
- These files are not the published ones, by their checksums: ${unverified}. No published figure compares.
</#if>
<#if lengths?has_content>
- The arms were not trained equally long: ${lengths}.
</#if>
- Balanced accuracy counts every class the same. Where your own data is long-tailed too, it may not be
  your goal.

<#if hasClasses>
## Recall by class

In percent: mean ± standard deviation over seeds.

<#list groups as group>
<@titled group/>
<@table rows=group.classes left=2/>

</#list>
</#if>
<#if hasOtherFigures>
## Other figures

In the unit of each metric: mean ± standard deviation over seeds.

<#list groups as group>
<@titled group/>
<@table rows=group.otherFigures left=2/>

</#list>
</#if>
<#if stages?size gt 1>
## Training

<@table rows=stages left=3/>

</#if>
<#if lossEffects?has_content>
## What the losses do

To the class of the largest, the middle and the smallest number of training images, as each loss says
itself. The class weight is that of the last epoch, on top of the loss; – is a stage without weights.

<@table rows=lossEffects left=4/>

</#if>
<#if differing?has_content || common?size gt 1>
## Conditions

</#if>
<#if differing?has_content>
**The runs were not all made under the same conditions:**

<#list differing as difference>
- ${difference.what}
<#list difference.values as value>
  - ${value[0]}: ${value[1]}
</#list>
</#list>

</#if>
<#if common?size gt 1>
<@table rows=common left=2/>

</#if>
<#if strangers gt 0>
The folder holds <#if strangers == 1>one more run<#else>${strangers?c} more runs</#if> of earlier configs, which <#if strangers == 1>is<#else>are</#if> not in this report.
</#if>
